package dev.tandem.service.maintenance;

import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.job.Job;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.factory.job.JobFactory;
import dev.tandem.repository.CollectionRepository;
import dev.tandem.repository.DocumentPages;
import dev.tandem.service.job.JobService;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;

/** Rebuilds or compares what is derived from a collection's documents: its vectors and its index. */
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
     * Starts a job that makes the model's vectors again. If such a job is open and the collection has not changed since, returns that one.
     * Fails with {@link Refusal.Rejected} if the collection has no model.
     */
    public Uni<Job> reembed(String collection) {
        return jobs.addOnce(reembedding.kind(), () -> collections.lock(collection), owner -> {
            requireModel(owner);
            return documents
                    .last(owner.id())
                    .map(last -> factory.create(
                            reembedding.kind(), owner, ReembedJob.parameters(owner.searched(), last), null));
        });
    }

    /** A job that brings the collection's move to another model to its end. It needs a transaction that has locked the collection. */
    Uni<Job> modelMove(Collection owner) {
        return documents
                .last(owner.id())
                .map(last -> factory.create(
                        ModelMoveJob.KIND,
                        owner,
                        ModelMoveJob.parameters(owner.settings().vectors().next(), last),
                        null));
    }

    /** @throws Refusal.Rejected if the collection has no model */
    static void requireModel(Collection owner) {
        if (!owner.embedding().hasModel()) {
            throw new Refusal.Rejected(
                    "", "collection.embedding.none", "This collection has no model: its clients send the vectors.");
        }
    }

    /** Starts a job that rebuilds the index. If such a job is open and the collection has not changed since, returns that one. */
    public Uni<Job> rebuild(String collection) {
        return jobs.addOnce(rebuilding.kind(), () -> collections.lock(collection), owner -> Uni.createFrom()
                .item(factory.create(rebuilding.kind(), owner, Map.of(), null)));
    }

    /**
     * Starts a job that compares rows and index. Each call starts a new job, because an earlier one may already have passed the documents
     * that this client is interested in.
     *
     * @param repair whether to repair the differences
     */
    public Uni<Job> reconcile(String collection, boolean repair) {
        return jobs.add(() -> collections
                .get(collection)
                .map(owner -> factory.create(reconciling.kind(), owner, ReconcileJob.parameters(repair), null)));
    }
}
