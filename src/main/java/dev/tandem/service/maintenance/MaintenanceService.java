package dev.tandem.service.maintenance;

import dev.tandem.domain.job.Job;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.factory.job.JobFactory;
import dev.tandem.repository.CollectionRepository;
import dev.tandem.repository.DocumentPages;
import dev.tandem.service.job.JobService;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;

/** Having made again, or compared, what is derived from a collection's documents. */
@ApplicationScoped
public class MaintenanceService {

    private final CollectionRepository collections;
    private final DocumentPages documents;
    private final JobService jobs;
    private final JobFactory factory;
    private final ReembedJob reembedding;
    private final RebuildJob rebuilding;
    private final ReconcileJob reconciling;

    MaintenanceService(
            CollectionRepository collections,
            DocumentPages documents,
            JobService jobs,
            JobFactory factory,
            ReembedJob reembedding,
            RebuildJob rebuilding,
            ReconcileJob reconciling) {
        this.collections = collections;
        this.documents = documents;
        this.jobs = jobs;
        this.factory = factory;
        this.reembedding = reembedding;
        this.rebuilding = rebuilding;
        this.reconciling = reconciling;
    }

    /**
     * Begins to make the model's vectors again, unless that has begun and the collection is as it was then. Fails with
     * {@link Refusal.Rejected} where there is no model.
     */
    public Uni<Job> reembed(String collection) {
        return jobs.addOnce(reembedding.kind(), () -> collections.lock(collection), owner -> {
            if (!owner.embedding().hasModel()) {
                throw new Refusal.Rejected(
                        "",
                        "collection.embedding.none",
                        "This collection has no model: its callers bring the vectors.");
            }
            return documents
                    .last(owner.id())
                    .map(last -> factory.create(reembedding.kind(), owner, ReembedJob.parameters(last), null));
        });
    }

    /** Begins to build the index anew, unless that has begun and the collection is as it was then. */
    public Uni<Job> rebuild(String collection) {
        return jobs.addOnce(rebuilding.kind(), () -> collections.lock(collection), owner -> Uni.createFrom()
                .item(factory.create(rebuilding.kind(), owner, Map.of(), null)));
    }

    /**
     * Begins to compare rows and index. Each call begins anew, as an earlier job may have passed what this caller asks about.
     *
     * @param repair whether what differs is to be put right
     */
    public Uni<Job> reconcile(String collection, boolean repair) {
        return jobs.add(() -> collections
                .get(collection)
                .map(owner -> factory.create(reconciling.kind(), owner, ReconcileJob.parameters(repair), null)));
    }
}
