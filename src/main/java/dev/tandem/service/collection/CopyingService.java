package dev.tandem.service.collection;

import dev.tandem.database.session.UnitOfWork;
import dev.tandem.domain.access.Principal;
import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.job.Job;
import dev.tandem.domain.job.JobKind;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.factory.collection.CollectionPatch;
import dev.tandem.factory.job.CopyDraft;
import dev.tandem.factory.job.JobFactory;
import dev.tandem.repository.CollectionRepository;
import dev.tandem.service.job.JobService;
import dev.tandem.service.quota.Quotas;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Makes successors of collections. A job of the kind {@code copy} brings the documents. */
@ApplicationScoped
public class CopyingService {

    private final UnitOfWork unitOfWork;
    private final CollectionRepository collections;
    private final CollectionJudge judge;
    private final Quotas quotas;
    private final JobService jobs;
    private final JobFactory factory;

    CopyingService(
            UnitOfWork unitOfWork,
            CollectionRepository collections,
            CollectionJudge judge,
            Quotas quotas,
            JobService jobs,
            JobFactory factory) {
        this.unitOfWork = unitOfWork;
        this.collections = collections;
        this.judge = judge;
        this.quotas = quotas;
        this.jobs = jobs;
        this.factory = factory;
    }

    /**
     * Adds the successor of a collection, and in the same transaction the job that copies the documents. Fails as {@link
     * CollectionService#create} and {@link JobService#add} do, and with {@link dev.tandem.domain.refusal.Refusal.NotFound} if there is no such
     * collection.
     *
     * @param members how the successor differs from the collection
     * @param follows whether the copy goes on with what changes, until an alias points to the successor
     */
    public Uni<Job> copy(Principal creator, String name, CollectionPatch members, boolean follows) {
        return unitOfWork.read(() -> collections.get(name)).chain(source -> judge.create(members.like(source))
                .onFailure(Refusal.Rejected.class)
                .transform(refusal -> members.pointing((Refusal.Rejected) refusal))
                .chain(successor -> jobs.add(() -> quotas.oneMoreCollection(creator)
                        .chain(() -> collections.add(successor, creator))
                        .replaceWith(() -> job(source, successor, follows)))));
    }

    private Job job(Collection source, Collection successor, boolean follows) {
        return factory.create(
                JobKind.COPY.word(), successor, CopyDraft.of(source, follows).toParameters(), null);
    }
}
