package dev.tandem.sync;

import dev.tandem.domain.job.ClaimLost;
import dev.tandem.domain.job.HeldJob;
import dev.tandem.domain.job.JobFailure;
import dev.tandem.domain.refusal.Excerpt;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.service.job.JobConfig;
import dev.tandem.service.job.JobExecutor;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A job in this replica's hands: one step after the other, until it ends, has to wait, fails, its turn
 * is over, or it is to be given back.
 */
final class JobRun {

    private static final Logger LOG = Logger.getLogger(JobRun.class);
    private static final int MOST_DOUBLINGS = 10;
    private static final int LONGEST_MESSAGE = 1_000;
    /** How often a lease is renewed while it lasts. */
    private static final int RENEWALS = 3;

    private final JobExecutor executor;
    private final JobConfig config;
    private final Vertx vertx;
    private final FailureLog away;
    private final Runnable onEnd;

    private volatile HeldJob claim;
    private volatile boolean stopped;
    private long heartbeat;
    private long begun;

    /**
     * @param away the log of what keeps all jobs from going on, such as a database that is away
     * @param onEnd called when this replica does not hold the job any more
     */
    JobRun(HeldJob claim, JobExecutor executor, JobConfig config, Vertx vertx, FailureLog away, Runnable onEnd) {
        this.claim = claim;
        this.executor = executor;
        this.config = config;
        this.vertx = vertx;
        this.away = away;
        this.onEnd = onEnd;
    }

    void begin() {
        begun = System.nanoTime();
        heartbeat = vertx.setPeriodic(Math.max(1, config.lease().toMillis() / RENEWALS), ignored -> renew());
        if (claim.job().attempts() > config.attempts()) {
            finish(executor.fail(
                    claim, new JobFailure("job.given_up", "Every try has ended without a result, as a crash would.")));
        } else {
            step();
        }
    }

    /** Has it given back after the present step. */
    void stop() {
        stopped = true;
    }

    private void step() {
        if (stopped) {
            finish(executor.giveBack(claim, Duration.ZERO, false));
            return;
        }
        // Deferred, so that what a kind of job throws at once is a failure like any other, and not the end of this run
        // unnoticed.
        Uni.createFrom().deferred(() -> executor.step(claim)).subscribe().with(this::stepped, this::failed);
    }

    private void stepped(@Nullable HeldJob next) {
        away.worked();
        if (next == null) {
            end();
            return;
        }
        claim = next;
        if (System.nanoTime() - begun >= config.turn().toNanos()) {
            // Behind all that are due now. Where there are none it is taken up again at once.
            finish(executor.giveBack(claim, Duration.ZERO, false));
            return;
        }
        // By way of the event loop, or a long row of steps would be one deep call.
        vertx.runOnContext(ignored -> step());
    }

    private void failed(Throwable failure) {
        switch (failure) {
            case ClaimLost lost -> {
                LOG.debug(lost.getMessage());
                end();
            }
            // What took too long may do so every time.
            case Refusal.Unavailable slow
            when slow.code().equals(Refusal.Unavailable.TIMEOUT) ->
                finish(retry(slow, new JobFailure(slow.code(), shortened(slow))));
            case Refusal.Unavailable unavailable -> {
                // Whatever is away is not the job's fault: this was no try.
                away.failed(unavailable);
                finish(executor.giveBack(claim, pauseAfter(1), false));
            }
            case Refusal refusal -> finish(executor.fail(claim, new JobFailure(refusal.code(), shortened(refusal))));
            default -> {
                if (stopped) {
                    // What the end takes away is no failure of the job.
                    LOG.debugf(failure, "Job %s was interrupted.", claim.job().id());
                    finish(executor.giveBack(claim, Duration.ZERO, false));
                    return;
                }
                finish(retry(
                        failure,
                        new JobFailure("internal", "This is our fault. The log says more about this job's id.")));
            }
        }
    }

    /** @param last what the job fails with if this was its last try */
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
        return executor.giveBack(claim, pauseAfter(tries), true);
    }

    private void renew() {
        executor.renew(claim)
                .subscribe()
                .with(
                        ignored -> {},
                        failure -> LOG.debugf(
                                failure,
                                "Job %s could not be kept.",
                                claim.job().id()));
    }

    /** What can't be written now is as good as done: the lease runs out. */
    private void finish(Uni<Void> last) {
        last.subscribe().with(ignored -> end(), failure -> {
            LOG.debugf(failure, "Job %s is left to its lease.", claim.job().id());
            end();
        });
    }

    private void end() {
        vertx.cancelTimer(heartbeat);
        onEnd.run();
    }

    private static String shortened(Refusal refusal) {
        return Excerpt.of(refusal.detail(), LONGEST_MESSAGE);
    }

    private Duration pauseAfter(int tries) {
        long pause = config.backoff().toMillis() << Math.min(MOST_DOUBLINGS, tries - 1);
        // Jitter: what failed together should not come back together.
        return Duration.ofMillis(pause / 2 + ThreadLocalRandom.current().nextLong(Math.max(1, pause)));
    }
}
