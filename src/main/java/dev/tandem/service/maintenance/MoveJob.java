package dev.tandem.service.maintenance;

import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.collection.IndexSettings;
import dev.tandem.domain.job.Job;
import dev.tandem.domain.job.JobKind;
import dev.tandem.domain.job.Step;
import dev.tandem.repository.CollectionRepository;
import dev.tandem.service.index.IndexMoves;
import dev.tandem.service.index.IndexingService;
import dev.tandem.service.job.JobWork;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Waits until the index in a collection's new engine has caught up with the rows. Searches use the former engine meanwhile. Then the former
 * index gets a time after which it goes.
 */
@Singleton
class MoveJob implements JobWork.InOneStep {

    static final String KIND = JobKind.MOVE.word();

    private static final String ENGINE = "engine";
    private static final String SEQUENCE = "sequence";
    /** The index counts as one item. */
    private static final long TOTAL = 1;

    private final CollectionRepository collections;
    private final IndexingService indexing;
    private final IndexMoves moves;

    MoveJob(CollectionRepository collections, IndexingService indexing, IndexMoves moves) {
        this.collections = collections;
        this.indexing = indexing;
        this.moves = moves;
    }

    @Override
    public String kind() {
        return KIND;
    }

    /** @param sequence of the transaction that has named the new engine */
    static Map<String, @Nullable Object> parameters(String engine, long sequence) {
        return Map.of(ENGINE, engine, SEQUENCE, Long.toString(sequence));
    }

    @Override
    public Uni<Step> step(Job job) {
        String engine = String.valueOf(job.parameters().get(ENGINE));
        long sequence = Long.parseLong(String.valueOf(job.parameters().get(SEQUENCE)));
        return collections.get(job.collectionId(), job.collection()).chain(owner -> {
            IndexSettings index = owner.settings().index();
            if (!index.engine().equals(engine) || !index.isMoving()) {
                // It has been moved on, or back, meanwhile.
                return Uni.createFrom().item(Step.end());
            }
            return indexing.shows(owner, owner.searched(), sequence)
                    ? arrive(owner)
                    : Uni.createFrom().item(Step.pause().total(TOTAL));
        });
    }

    private Uni<Step> arrive(Collection owner) {
        return collections
                .lock(owner.name())
                .chain(moves::arrive)
                .replaceWith(Step.end().total(TOTAL).done(TOTAL));
    }
}
