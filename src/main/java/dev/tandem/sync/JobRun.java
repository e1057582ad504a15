package dev.tandem.sync;

import dev.tandem.domain.job.ClaimLost;
import dev.tandem.domain.job.HeldJob;
import dev.tandem.domain.job.JobFailure;
import dev.tandem.domain.refusal.Excerpt;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.service.job.JobConfig;
import dev.tandem.service.job.JobExecutor;
import dev.tandem.work.Backoff;
import dev.tandem.work.Heartbeat;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.time.Duration;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Runs one job that this replica has claimed, step after step, until the job ends, has to wait, fails, has used up its turn, or is to be
 * released.
 */
final class JobRun {

    private static final Logger LOG = Logger.getLogger(JobRun.class);
    private static final int LONGEST_MESSAGE = 1_000;

    private final JobExecutor executor;
    private final JobConfig config;
    private final Vertx vertx;
    private final FailureLog outages;
    private final Runnable onEnd;
    private final Backoff backoff;
    private final Heartbeat heartbeat;

    private volatile HeldJob claim;
    private volatile boolean stopped;
    private long begun;

    /**
     * @param away logs what stops all jobs, such as a database that is unavailable
     * @param onEnd called when this replica no longer holds the job
     */
    JobRun(HeldJob claim, JobExecutor executor, JobConfig config, Vertx vertx, FailureLog outages, Runnable onEnd) {
        this.claim = claim;
        this.executor = executor;
        this.config = config;
        this.vertx = vertx;
        this.outages = outages;
        this.onEnd = onEnd;
        this.backoff = new Backoff(config.backoff());
        this.heartbeat =
                new Heartbeat(vertx, config.lease(), "job " + claim.job().id(), () -> executor.renew(this.claim));
    }

    void begin() {
        begun = System.nanoTime();
        heartbeat.start();
        if (claim.job().attempts() > config.attempts()) {
            finish(executor.fail(
                    claim, new JobFailure("job.given_up", "Every attempt ended without a result, as after a crash.")));
        } else {
            step();
        }
    }

    /** Releases the job after the current step. */
    void stop() {
        stopped = true;
    }

    private void step() {
        if (stopped) {
            finish(executor.giveBack(claim, Duration.ZERO, false));
            return;
        }
        // Deferred, so that an exception that the job's kind throws directly is handled like any other failure and
        // does not end this run silently.
        Uni.createFrom().deferred(() -> executor.step(claim)).subscribe().with(this::stepped, this::failed);
    }

    private void stepped(@Nullable HeldJob next) {
        outages.worked();
        if (next == null) {
            end();
            return;
        }
        claim = next;
        if (System.nanoTime() - begun >= config.turn().toNanos()) {
            // Goes behind all jobs that are due now. If there are none, it is claimed again at once.
            finish(executor.giveBack(claim, Duration.ZERO, false));
            return;
        }
        // Through the event loop, because a long row of direct calls would overflow the stack.
        vertx.runOnContext(ignored -> step());
    }

    private void failed(Throwable failure) {
        switch (failure) {
            case ClaimLost lost -> {
                LOG.debug(lost.getMessage());
                end();
            }
            // A step that took too long may do so every time, so this counts as an attempt.
            case Refusal.Unavailable slow
            when slow.code().equals(Refusal.Unavailable.TIMEOUT) ->
                finish(retry(slow, new JobFailure(slow.code(), shortened(slow))));
            case Refusal.Unavailable unavailable -> {
                // The job is not to blame for something that is unavailable, so this does not count as an attempt.
                outages.failed(unavailable);
                finish(executor.giveBack(claim, backoff.jitteredAfter(1), false));
            }
            case Refusal refusal -> finish(executor.fail(claim, new JobFailure(refusal.code(), shortened(refusal))));
            default -> {
                if (stopped) {
                    // A failure that the shutdown causes is not the job's.
                    LOG.debugf(failure, "Job %s was interrupted.", claim.job().id());
                    finish(executor.giveBack(claim, Duration.ZERO, false));
                    return;
                }
                finish(retry(
                        failure,
                        new JobFailure("internal", "A fault in Tandem. Search the log for the id of this job.")));
            }
        }
    }

    /** @param last the failure of the job if this was its last attempt */
    private Uni<Void> retry(Throwable failure, JobFailure last) {
        int tries = claim.job().attempts();
        if (tries >= config.attempts()) {
            LOG.errorf(failure, "Job %s fails.", claim.job().id());
            return executor.fail(claim, last);
        }
        LOG.warnf(
                failure,
                "A step of job %s failed and is tried again.",
                claim.job().id());
        return executor.giveBack(claim, backoff.jitteredAfter(tries), true);
    }

    /** If this cannot be written now, the result is the same: the lease expires. */
    private void finish(Uni<Void> last) {
        last.subscribe().with(ignored -> end(), failure -> {
            LOG.debugf(
                    failure,
                    "Job %s could not be given back and is released when its lease ends.",
                    claim.job().id());
            end();
        });
    }

    private void end() {
        heartbeat.stop();
        onEnd.run();
    }

    private static String shortened(Refusal refusal) {
        return Excerpt.of(refusal.detail(), LONGEST_MESSAGE);
    }
}
