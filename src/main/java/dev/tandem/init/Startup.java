package dev.tandem.init;

import dev.tandem.service.job.JobWatch;
import dev.tandem.sync.AccessNotes;
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

/** The last part of the start, after Flyway and Quarkus, and the first part of the shutdown. */
@ApplicationScoped
class Startup {

    private final IndexFollower follower;
    private final EmbeddingWorker worker;
    private final JobRunner jobs;
    private final Sweeper sweeper;
    private final SelfCheck selfCheck;
    private final JobWatch watch;
    private final AccessNotes notes;

    Startup(
            IndexFollower follower,
            EmbeddingWorker worker,
            JobRunner jobs,
            Sweeper sweeper,
            SelfCheck selfCheck,
            JobWatch watch,
            AccessNotes notes) {
        this.watch = watch;
        this.notes = notes;
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
        notes.start();
    }

    /** Ends the event streams first: otherwise shutdown would wait for them up to its timeout. Clients reconnect to another replica. */
    void leave(@Observes ShutdownDelayInitiatedEvent event) {
        watch.close();
    }

    /** By now all requests have been answered. */
    void stop(@Observes ShutdownEvent event) {
        notes.stop();
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
