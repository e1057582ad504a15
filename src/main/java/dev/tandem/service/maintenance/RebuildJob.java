package dev.tandem.service.maintenance;

import dev.tandem.domain.change.ChangeKind;
import dev.tandem.domain.job.Job;
import dev.tandem.domain.job.JobKind;
import dev.tandem.domain.job.Step;
import dev.tandem.repository.ChangeRepository;
import dev.tandem.repository.CollectionRepository;
import dev.tandem.service.index.IndexingService;
import dev.tandem.service.job.JobWork;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;

/**
 * Rebuilds the index of a collection on every replica. It adds an entry to the change log that makes each follower rebuild. The job ends
 * when the replica that executes it uses the new index.
 */
@Singleton
class RebuildJob implements JobWork.InOneStep {

    /** The index counts as one item. */
    private static final long TOTAL = 1;

    private final CollectionRepository collections;
    private final ChangeRepository changes;
    private final IndexingService indexing;

    RebuildJob(CollectionRepository collections, ChangeRepository changes, IndexingService indexing) {
        this.collections = collections;
        this.changes = changes;
        this.indexing = indexing;
    }

    @Override
    public String kind() {
        return JobKind.REBUILD.word();
    }

    @Override
    public Uni<Step> step(Job job) {
        // A deleted collection gets no index, and waiting for one would never end.
        return collections
                .get(job.collectionId(), job.collection())
                .chain(() -> job.sequence() == 0 ? ask(job) : await(job));
    }

    private Uni<Step> ask(Job job) {
        return changes.append(job.collectionId(), List.of(job.collectionId()), ChangeKind.REBUILD)
                .map(sequence -> Step.pause().total(TOTAL).sequence(sequence));
    }

    /** Visibility is known without reading the index. */
    private Uni<Step> await(Job job) {
        return indexing.awaitVisible(job.collectionId(), job.sequence(), Duration.ZERO)
                .map(visible -> visible ? Step.end().done(TOTAL) : Step.pause());
    }
}
