package dev.tandem.service.index;

import dev.tandem.database.session.UnitOfWork;
import dev.tandem.domain.change.LogHead;
import dev.tandem.domain.change.Position;
import dev.tandem.index.IndexBuild;
import dev.tandem.repository.ChangeRepository;
import dev.tandem.service.index.IndexingService.Followed;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/** Builds an index from the rows of its collection, beside the one that searches use meanwhile. */
@Singleton
class IndexBuilding {

    private static final Logger LOG = Logger.getLogger(IndexBuilding.class);
    private static final int BATCH = 500;
    private static final UUID BEGINNING = new UUID(0, 0);

    private final UnitOfWork unitOfWork;
    private final ChangeRepository changes;
    private final IndexRows rows;
    private final IndexProgress progress;
    private final Map<IndexPart, Uni<Void>> running = new ConcurrentHashMap<>();

    IndexBuilding(UnitOfWork unitOfWork, ChangeRepository changes, IndexRows rows, IndexProgress progress) {
        this.unitOfWork = unitOfWork;
        this.changes = changes;
        this.rows = rows;
        this.progress = progress;
    }

    /**
     * Builds a part of the index of a collection and replaces the old one by it, unless the old one has moved on meanwhile. Callers that arrive
     * during a build wait for it: a second build that ended later would take the index back to where it began.
     *
     * @param seen the position of the index that must be replaced; empty if there is none
     */
    Uni<Void> build(Followed followed, Optional<Position> seen) {
        IndexPart part = followed.part();
        Uni<Void> build = Uni.createFrom()
                .deferred(() -> running.computeIfAbsent(part, key -> followed.index()
                        .position()
                        .chain(present -> present.equals(seen)
                                ? begin(followed)
                                : Uni.createFrom().voidItem())
                        .onTermination()
                        .invoke(() -> running.remove(part))
                        .memoize()
                        .indefinitely()));
        return progress.building(part, build);
    }

    /** Takes the snapshot first, at a position that the log had already reached. */
    private Uni<Void> begin(Followed followed) {
        return unitOfWork.read(changes::head).map(LogHead::end).chain(start -> followed.index()
                .rebuild()
                .invoke(() -> LOG.infof(
                        "Building the %s index of collection %s, with the vectors of %s.",
                        followed.part().engine(),
                        followed.collection().name(),
                        followed.set().embedding().model()))
                .chain(rebuild -> fill(followed, rebuild)
                        .chain(() -> rebuild.swapIn(start))
                        .onFailure()
                        .call(rebuild::discard)));
    }

    private Uni<Void> fill(Followed followed, IndexBuild rebuild) {
        return Multi.createBy()
                .repeating()
                .uni(Walk::new, walk -> fillBatch(followed, rebuild, walk))
                .whilst(isMore -> isMore)
                .collect()
                .last()
                .replaceWithVoid();
    }

    /** The progress of filling the index. */
    private static final class Walk {
        private UUID last = BEGINNING;
    }

    /** Returns whether there were more documents. */
    private Uni<Boolean> fillBatch(Followed followed, IndexBuild rebuild, Walk walk) {
        return unitOfWork
                .read(() -> rows.next(followed.part().collectionId(), walk.last, BATCH))
                .chain(ids -> {
                    if (ids.isEmpty()) {
                        return Uni.createFrom().item(false);
                    }
                    walk.last = ids.getLast();
                    return unitOfWork
                            .read(() -> rows.entries(followed.set(), Set.copyOf(ids)))
                            .chain(entries -> rebuild.apply(entries, Set.of()))
                            .replaceWith(true);
                });
    }
}
