package dev.tandem.init;

import dev.tandem.service.job.JobWatch;
import dev.tandem.sync.EmbeddingWorker;
import dev.tandem.sync.IndexFollower;
import dev.tandem.sync.JobRunner;
import dev.tandem.sync.SelfCheck;
import dev.tandem.sync.Sweeper;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import java.time.Clock;

/** The last of the start, when Flyway has migrated and Quarkus has wired, and the first of the end. */
@ApplicationScoped
class Startup {

    private final IndexFollower follower;
    private final EmbeddingWorker worker;
    private final JobRunner jobs;
    private final Sweeper sweeper;
    private final SelfCheck selfCheck;
    private final JobWatch watch;

    Startup(
            IndexFollower follower,
            EmbeddingWorker worker,
            JobRunner jobs,
            Sweeper sweeper,
            SelfCheck selfCheck,
            JobWatch watch) {
        this.watch = watch;
        this.follower = follower;
        this.worker = worker;
        this.jobs = jobs;
        this.sweeper = sweeper;
        this.selfCheck = selfCheck;
    }

    void start(@Observes StartupEvent event) {
        follower.start();
        worker.start();
        sweeper.start();
        selfCheck.start();
        jobs.start();
    }

    /** Whoever listens would be waited for like for any request, and for as long as may be. They can listen elsewhere. */
    void leave(@Observes ShutdownDelayInitiatedEvent event) {
        watch.close();
    }

    /** Requests have been answered by now. */
    void stop(@Observes ShutdownEvent event) {
        selfCheck.stop();
        sweeper.stop();
        jobs.stop();
        worker.stop();
        follower.stop();
    }

    @Produces
    @ApplicationScoped
    Clock clock() {
        return Clock.systemUTC();
    }
}
