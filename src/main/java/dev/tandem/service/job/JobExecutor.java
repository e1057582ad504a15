package dev.tandem.service.job;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toUnmodifiableMap;

import dev.tandem.database.session.UnitOfWork;
import dev.tandem.domain.job.HeldJob;
import dev.tandem.domain.job.Job;
import dev.tandem.domain.job.JobFailure;
import dev.tandem.domain.job.JobState;
import dev.tandem.domain.job.Step;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.repository.HeldJobRepository;
import dev.tandem.repository.JobErrorRepository;
import dev.tandem.repository.JobRepository;
import dev.tandem.service.Portions;
import dev.tandem.service.RowsChanged;
import dev.tandem.service.idempotency.Outcome;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Executes jobs, step by step. A step and its progress are committed in one transaction, which needs the current token of the job. So
 * nothing is counted twice or left out if a replica dies or is late.
 */
@ApplicationScoped
public class JobExecutor {

    private static final int PRUNED_AT_ONCE = 100;

    private static final int OTHERS_FIRST = 5;

    /** How many errors are stored for each job. Further errors are only counted. */
    public static final int MOST_ERRORS = 10_000;

    private final UnitOfWork unitOfWork;
    private final JobRepository jobs;
    private final HeldJobRepository held;
    private final JobErrorRepository errors;
    private final JobConfig config;
    private final Event<RowsChanged> rowsChanged;
    private final Map<String, JobWork> kinds;

    JobExecutor(
            UnitOfWork unitOfWork,
            JobRepository jobs,
            HeldJobRepository held,
            JobErrorRepository errors,
            JobConfig config,
            Event<RowsChanged> rowsChanged,
            @All List<JobWork> kinds) {
        this.unitOfWork = unitOfWork;
        this.jobs = jobs;
        this.held = held;
        this.errors = errors;
        this.config = config;
        this.rowsChanged = rowsChanged;
        this.kinds = kinds.stream().collect(toUnmodifiableMap(JobWork::kind, Function.identity()));
    }

    /** Claims due jobs. No other replica claims them while the lease lasts. Kinds that only a newer release knows are left to it. */
    public Uni<List<HeldJob>> claim(int limit) {
        return unitOfWork.write(() -> held.claim(kinds.keySet(), limit, config.lease()));
    }

    /**
     * Does the next step, or ends a job that has been canceled. Returns the claim with the job's present state; null if the job is no
     * longer held, because it has ended or has to pause. Fails with {@link dev.tandem.domain.job.ClaimLost}, having done nothing, if
     * another replica has taken the job over.
     */
    public Uni<@Nullable HeldJob> step(HeldJob claim) {
        Job job = claim.job();
        if (job.cancelRequested()) {
            return end(claim, JobState.CANCELED, null);
        }
        JobWork work = requireNonNull(kinds.get(job.kind()));
        return work.prepare(job)
                .chain(prepared -> unitOfWork
                        .heavy()
                        .write(() -> prepared.run().chain(step -> note(claim, step)))
                        // Another request has added what the step was going to add. The next attempt finds it.
                        .onFailure(Refusal.Conflict.class)
                        .retry()
                        .atMost(OTHERS_FIRST))
                .invoke(outcome -> {
                    if (outcome.step.sequence() > 0) {
                        rowsChanged.fire(new RowsChanged(job.collectionId()));
                    }
                })
                .map(outcome -> outcome.step.next() == Step.Next.STEP ? claim.on(outcome.job) : null);
    }

    private record Outcome(Step step, Job job) {}

    private Uni<Outcome> note(HeldJob claim, Step step) {
        Uni<Void> noted = held.advance(claim, step, config.lease());
        if (!step.errors().isEmpty()) {
            noted = noted.chain(() -> errors.addAll(claim.job().id(), step.errors(), MOST_ERRORS));
        }
        return noted.chain(() -> switch (step.next()) {
                    case STEP -> Uni.createFrom().voidItem();
                    case PAUSE -> held.release(claim, config.pause(), false);
                    case END ->
                        held.end(claim, step.failure() == null ? JobState.SUCCEEDED : JobState.FAILED, step.failure());
                })
                .chain(() -> jobs.get(claim.job().id()))
                .map(job -> new Outcome(step, job));
    }

    /** Renews the claim while a step takes long. */
    public Uni<Void> renew(HeldJob claim) {
        return unitOfWork.write(() -> held.renew(claim, config.lease()));
    }

    /**
     * Gives a job back, to be resumed after the delay.
     *
     * @param counts whether this attempt counts towards the limit
     */
    public Uni<Void> giveBack(HeldJob claim, Duration delay, boolean counts) {
        return unitOfWork.write(() -> held.release(claim, delay, counts));
    }

    /** Makes a job fail. */
    public Uni<Void> fail(HeldJob claim, JobFailure failure) {
        return end(claim, JobState.FAILED, failure).replaceWithVoid();
    }

    /** Deletes what ended jobs have left, and jobs that ended long ago, in steps and at most a certain number of them. */
    public Uni<Void> prune() {
        Uni<Void> swept = Uni.createFrom().voidItem();
        for (JobWork work : kinds.values()) {
            swept = swept.chain(work::sweep);
        }
        return swept.chain(() -> Portions.each(() -> unitOfWork
                .write(() -> jobs.prune(config.retention(), PRUNED_AT_ONCE))
                .map(count -> count == PRUNED_AT_ONCE)));
    }

    private Uni<@Nullable HeldJob> end(HeldJob claim, JobState state, @Nullable JobFailure failure) {
        return unitOfWork.write(() -> held.end(claim, state, failure)).replaceWith((HeldJob) null);
    }
}
