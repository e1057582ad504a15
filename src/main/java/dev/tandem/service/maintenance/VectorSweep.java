package dev.tandem.service.maintenance;

import dev.tandem.database.session.UnitOfWork;
import dev.tandem.domain.collection.Collection;
import dev.tandem.repository.CollectionRepository;
import dev.tandem.repository.VectorSetRepository;
import dev.tandem.service.Portions;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Lets go of former sets of vectors whose time is over, and deletes the vectors of dropped ones. */
@Singleton
public class VectorSweep {

    /** How many documents lose their vectors in one transaction. */
    private static final int AT_ONCE = 1_000;

    private static final UUID BEGINNING = new UUID(0, 0);

    private final UnitOfWork unitOfWork;
    private final CollectionRepository collections;
    private final VectorSetRepository sets;
    private final ModelMoves moves;

    /** How far this replica has come. */
    private final Map<Dropped, UUID> places = new ConcurrentHashMap<>();

    VectorSweep(UnitOfWork unitOfWork, CollectionRepository collections, VectorSetRepository sets, ModelMoves moves) {
        this.unitOfWork = unitOfWork;
        this.collections = collections;
        this.sets = sets;
        this.moves = moves;
    }

    private record Dropped(UUID collectionId, int number) {}

    /** Works in portions, and leaves the rest of a large set to the next call, which goes on there. */
    public Uni<Void> sweep() {
        return unitOfWork
                .read(collections::withOldSets)
                .onItem()
                .transformToMulti(ids -> Multi.createFrom().iterable(ids))
                .onItem()
                .transformToUniAndConcatenate(this::sweep)
                .collect()
                .last()
                .replaceWithVoid();
    }

    private Uni<Void> sweep(UUID collectionId) {
        return unitOfWork
                .write(() -> locked(collectionId)
                        .chain(owner -> owner == null ? Uni.createFrom().voidItem() : moves.end(owner)))
                .chain(() -> unitOfWork.read(() -> collections.find(collectionId)))
                .chain(owner -> owner == null
                        ? Uni.createFrom().voidItem()
                        : Multi.createFrom()
                                .iterable(owner.settings().vectors().dropped())
                                .onItem()
                                .transformToUniAndConcatenate(number -> delete(new Dropped(collectionId, number)))
                                .collect()
                                .last()
                                .replaceWithVoid());
    }

    private Uni<Void> delete(Dropped dropped) {
        return Portions.each(() -> unitOfWork
                .write(() -> sets.sweep(
                                dropped.collectionId, dropped.number, places.getOrDefault(dropped, BEGINNING), AT_ONCE)
                        .call(last -> last == null
                                ? forget(dropped)
                                : Uni.createFrom().voidItem()))
                .map(last -> {
                    if (last == null) {
                        places.remove(dropped);
                    } else {
                        places.put(dropped, last);
                    }
                    return last != null;
                }));
    }

    private Uni<Void> forget(Dropped dropped) {
        return locked(dropped.collectionId)
                .chain(owner -> owner == null
                        ? Uni.createFrom().voidItem()
                        : collections.replace(owner.withoutDropped(dropped.number)));
    }

    private Uni<@Nullable Collection> locked(UUID collectionId) {
        return collections
                .find(collectionId)
                .chain(found -> found == null ? Uni.createFrom().nullItem() : collections.lock(found));
    }
}
