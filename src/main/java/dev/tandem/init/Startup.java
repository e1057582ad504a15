package dev.tandem.init;

import dev.tandem.service.job.JobWatch;
import dev.tandem.sync.Background;
import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import java.time.Clock;
import java.util.List;

/** The last part of the start, after Flyway and Quarkus, and the first part of the shutdown. */
@ApplicationScoped
class Startup {

    private final List<Background> background;
    private final JobWatch watch;

    Startup(@All List<Background> background, JobWatch watch) {
        this.background = background;
        this.watch = watch;
    }

    void start(@Observes StartupEvent event) {
        background.forEach(Background::start);
    }

    /** Ends the event streams first: otherwise shutdown would wait for them up to its timeout. Clients reconnect to another replica. */
    void leave(@Observes ShutdownDelayInitiatedEvent event) {
        watch.close();
    }

    /** By now all requests have been answered. */
    void stop(@Observes ShutdownEvent event) {
        background.reversed().forEach(Background::stop);
    }

    @Produces
    @ApplicationScoped
    Clock clock() {
        return Clock.systemUTC();
    }
}
