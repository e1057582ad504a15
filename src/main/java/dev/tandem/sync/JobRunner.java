package dev.tandem.sync;

import dev.tandem.domain.job.HeldJob;
import dev.tandem.service.job.JobAdded;
import dev.tandem.service.job.JobConfig;
import dev.tandem.service.job.JobExecutor;
import dev.tandem.service.job.JobWatch;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Runs jobs, whichever replica they were requested on: a few at once on each replica, each job on one replica at a time. Also notifies
 * clients that listen to jobs, and deletes jobs that ended long ago.
 */
@ApplicationScoped
@Priority(40)
public class JobRunner implements Background {

    private static final Logger LOG = Logger.getLogger(JobRunner.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final JobExecutor executor;
    private final JobConfig config;
    private final Vertx vertx;
    private final Loop claim;
    private final Loop watch;
    private final Loop sweep;

    /** By the token of the claim: this replica may claim a job again before its previous run has ended. */
    private final Map<UUID, JobRun> runs = new HashMap<>();

    private final FailureLog outages = new FailureLog(LOG, "Going on with a job");
    private final CountDownLatch ended = new CountDownLatch(1);

    private boolean stopped;

    JobRunner(JobExecutor executor, JobWatch listeners, JobConfig config, SyncConfig sync, Vertx vertx) {
        this.executor = executor;
        this.config = config;
        this.vertx = vertx;
        this.claim = new Loop("Taking jobs", vertx, this::round, sync.fastestPoll(), sync.slowestPoll());
        this.watch = new Loop(
                "Watching jobs", vertx, () -> listeners.look().replaceWith(false), config.watch(), config.watch());
        this.sweep =
                new Loop("Sweeping jobs", vertx, () -> executor.prune().replaceWith(false), sync.sweep(), sync.sweep());
    }

    @Override
    public void start() {
        claim.poke();
        watch.poke();
        sweep.poke();
    }

    /** Finishes the current steps and releases their jobs, so that other replicas continue them. */
    @Override
    public void stop() {
        claim.stop(PATIENCE);
        watch.stop(PATIENCE);
        sweep.stop(PATIENCE);
        synchronized (this) {
            stopped = true;
            if (runs.isEmpty()) {
                return;
            }
            runs.values().forEach(JobRun::stop);
        }
        try {
            if (!ended.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("Not all jobs could be given back in time. Others take them over when their leases run out.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void jobAdded(@Observes JobAdded event) {
        claim.poke();
    }

    private Uni<Boolean> round() {
        int room = room();
        if (room <= 0) {
            return Uni.createFrom().item(false);
        }
        return executor.claim(room).invoke(this::begin).map(claims -> !claims.isEmpty());
    }

    private synchronized int room() {
        return stopped ? 0 : config.concurrency() - runs.size();
    }

    private void begin(List<HeldJob> claims) {
        for (HeldJob claimed : claims) {
            JobRun run = new JobRun(claimed, executor, config, vertx, outages, () -> end(claimed.token()));
            synchronized (this) {
                runs.put(claimed.token(), run);
            }
            run.begin();
        }
    }

    private void end(UUID token) {
        synchronized (this) {
            runs.remove(token);
            if (stopped && runs.isEmpty()) {
                ended.countDown();
            }
        }
        claim.poke();
    }
}
