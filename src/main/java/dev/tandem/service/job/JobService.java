package dev.tandem.service.job;

import dev.tandem.database.session.UnitOfWork;
import dev.tandem.domain.Page;
import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.job.Job;
import dev.tandem.domain.job.JobError;
import dev.tandem.domain.job.JobQuery;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.repository.JobErrorRepository;
import dev.tandem.repository.JobErrorRepository.Listed;
import dev.tandem.repository.JobRepository;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;

/** Jobs, as clients see them. */
@ApplicationScoped
public class JobService {

    private static final int PAGE = 500;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final UnitOfWork unitOfWork;
    private final JobRepository jobs;
    private final JobErrorRepository errors;
    private final JobConfig config;
    private final Event<JobAdded> jobAdded;

    JobService(
            UnitOfWork unitOfWork,
            JobRepository jobs,
            JobErrorRepository errors,
            JobConfig config,
            Event<JobAdded> jobAdded) {
        this.config = config;
        this.unitOfWork = unitOfWork;
        this.jobs = jobs;
        this.errors = errors;
        this.jobAdded = jobAdded;
    }

    /**
     * Adds a job, to be started as soon as a replica has room. Fails with {@link Refusal.Unavailable} if too many jobs are open.
     *
     * @param job makes it, inside the transaction that adds it
     */
    public Uni<Job> add(Supplier<Uni<Job>> job) {
        return add(job, Function.identity());
    }

    /** As above, but maps the job to the caller's result inside the transaction, because an idempotency key stores that result. */
    public <T> Uni<T> add(Supplier<Uni<Job>> job, Function<Job, T> result) {
        return unitOfWork
                .write(() -> room().chain(job::get).call(jobs::add).map(result))
                .invoke(() -> jobAdded.fire(new JobAdded()));
    }

    /**
     * Adds a job, unless an open job of this kind exists that was created for the collection's present version; then returns that one.
     *
     * @param locked the collection, locked, so that two simultaneous calls get the same job
     */
    public Uni<Job> addOnce(String kind, Supplier<Uni<Collection>> locked, Function<Collection, Uni<Job>> job) {
        return unitOfWork
                .write(() -> locked.get().chain(owner -> jobs.findOpen(kind, owner.id(), owner.updatedAt())
                        .chain(open -> open == null
                                ? room().chain(() -> job.apply(owner)).call(jobs::add)
                                : Uni.createFrom().item(open))))
                .invoke(() -> jobAdded.fire(new JobAdded()));
    }

    /** Adds a job within the caller's transaction. It starts when a replica looks for jobs the next time. Fails as {@link #add} does. */
    public Uni<Void> addInside(Job job) {
        return room().chain(() -> jobs.add(job));
    }

    private Uni<Void> room() {
        return jobs.countOpen(config.open())
                .invoke(open -> {
                    if (open >= config.open()) {
                        throw new Refusal.Unavailable(
                                "busy.jobs", "Too many jobs wait or run at the moment.", RETRY_AFTER);
                    }
                })
                .replaceWithVoid();
    }

    /** Fails with {@link Refusal.NotFound} if there is no such job. */
    public Uni<Job> get(UUID id) {
        return unitOfWork.read(() -> jobs.get(id));
    }

    /** The existing jobs among these, in no particular order. */
    Uni<List<Job>> byIds(Set<UUID> ids) {
        return unitOfWork.read(() -> jobs.byIds(ids));
    }

    /** Newest first. */
    public Uni<Page<Job>> list(JobQuery query) {
        return unitOfWork.heavy().read(() -> jobs.page(query));
    }

    /**
     * Cancels a job. It ends at once if no replica is working on it; otherwise after its present step, or after one more if that was about
     * to start. What it has done stays. Fails with {@link Refusal.NotFound} if there is no such job, and with {@link Refusal.Conflict} if
     * it has ended.
     */
    public Uni<Job> cancel(UUID id) {
        return unitOfWork.write(
                () -> jobs.cancel(id).chain(canceled -> jobs.get(id).invoke(job -> {
                    if (!canceled) {
                        throw new Refusal.Conflict("job.ended", "The job has already ended.");
                    }
                })));
    }

    /** The errors of single documents so far. Fails with {@link Refusal.NotFound} if there is no such job. */
    public Multi<JobError> errors(UUID id) {
        AtomicLong last = new AtomicLong();
        return Multi.createBy()
                .repeating()
                .uni(() -> slice(id, last.get()).invoke(page -> page.forEach(listed -> last.set(listed.ordinal()))))
                .whilst(page -> page.size() == PAGE)
                .onItem()
                .<Listed>disjoint()
                .map(Listed::error);
    }

    private Uni<List<Listed>> slice(UUID id, long after) {
        return unitOfWork.heavy().read(() -> jobs.get(id).chain(() -> errors.slice(id, after, PAGE)));
    }
}
