package dev.tandem.init;

import dev.tandem.domain.refusal.Refusal;
import dev.tandem.index.parts.Engines;
import dev.tandem.index.shared.SharedIndexes;
import dev.tandem.work.Backoff;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * Makes the engines beside the process ready. An engine that is away is tried again, and everything that does not need it works meanwhile. An
 * engine that cannot be used as it is ends the service, with a sentence that says what to do.
 */
@Singleton
class EngineStart {

    private static final Logger LOG = Logger.getLogger(EngineStart.class);
    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(30));

    private final Engines engines;
    private final Vertx vertx;

    EngineStart(Engines engines, Vertx vertx) {
        this.engines = engines;
        this.vertx = vertx;
    }

    void start(@Observes StartupEvent event) {
        engines.shared().forEach(indexes -> prepare(indexes, 1));
    }

    private void prepare(SharedIndexes indexes, int attempt) {
        indexes.prepare().subscribe().with(ready -> {}, failure -> {
            if (failure instanceof Refusal.Unavailable away) {
                LOG.warnf("The engine %s is not ready yet: %s", indexes.engine().name(), away.detail());
                vertx.setTimer(BACKOFF.jitteredAfter(attempt).toMillis(), timer -> prepare(indexes, attempt + 1));
            } else {
                LOG.fatal(failure.getMessage());
                Quarkus.asyncExit(1);
            }
        });
    }
}
