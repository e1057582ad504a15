package dev.tandem.service.index;

import static java.util.stream.Collectors.toSet;

import dev.tandem.database.session.UnitOfWork;
import dev.tandem.domain.embedding.VectorSet;
import dev.tandem.index.Indexes;
import dev.tandem.index.parts.Engines;
import dev.tandem.repository.CollectionRepository;
import dev.tandem.repository.CollectionRepository.Indexed;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Deletes the parts of indexes that no collection has any longer. */
@Singleton
public class IndexSweep {

    private static final Logger LOG = Logger.getLogger(IndexSweep.class);

    private final UnitOfWork unitOfWork;
    private final CollectionRepository collections;
    private final Engines engines;
    private final IndexMoves moves;
    private final Clock clock;

    IndexSweep(
            UnitOfWork unitOfWork, CollectionRepository collections, Engines engines, IndexMoves moves, Clock clock) {
        this.unitOfWork = unitOfWork;
        this.collections = collections;
        this.engines = engines;
        this.moves = moves;
        this.clock = clock;
    }

    /** Returns all collections, and deletes the parts of indexes that no collection has any longer. */
    public Uni<Set<UUID>> sweep() {
        return endMoves().chain(this::sweepEngines).chain(() -> unitOfWork.read(collections::ids));
    }

    /** Lets go of former engines whose time is over. */
    private Uni<Void> endMoves() {
        Instant now = clock.instant();
        return unitOfWork
                .read(collections::indexes)
                .onItem()
                .transformToMulti(all -> Multi.createFrom().iterable(all))
                .select()
                .where(indexed -> indexed.engines().isFormerOver(now))
                .onItem()
                .transformToUniAndConcatenate(indexed -> unitOfWork.write(() -> collections
                        .find(indexed.id())
                        .chain(found -> found == null
                                ? Uni.createFrom().voidItem()
                                : collections.lock(found).chain(moves::end))))
                .collect()
                .last()
                .replaceWithVoid();
    }

    private Uni<Void> sweepEngines() {
        return Multi.createFrom()
                .iterable(engines.all())
                .onItem()
                .transformToUniAndConcatenate(this::sweep)
                .collect()
                .last()
                .replaceWithVoid();
    }

    /** An engine that fails does not keep the others from being swept. */
    private Uni<Void> sweep(Indexes indexes) {
        // Read the indexes first: an index that appears later may belong to a collection that the rows did not show
        // yet.
        return indexes.stored()
                .chain(stored -> unitOfWork
                        .read(collections::indexes)
                        .chain(existing -> indexes.dropAll(unused(indexes, stored, existing))))
                .onFailure()
                .recoverWithUni(failure -> {
                    LOG.debugf(
                            failure,
                            "The engine %s was not swept.",
                            indexes.engine().name());
                    return Uni.createFrom().voidItem();
                });
    }

    private Set<UUID> unused(Indexes indexes, Set<UUID> stored, List<Indexed> existing) {
        String engine = indexes.engine().name();
        Set<UUID> used = existing.stream()
                .filter(indexed -> engines.hasPart(indexed.engines(), engine))
                .flatMap(indexed -> indexed.sets().stream().map(number -> VectorSet.indexId(indexed.id(), number)))
                .collect(toSet());
        return stored.stream().filter(id -> !used.contains(id)).collect(toSet());
    }
}
