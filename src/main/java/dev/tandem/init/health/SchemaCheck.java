package dev.tandem.init.health;

import dev.tandem.database.session.DatabasePulse;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.flywaydb.core.Flyway;
import org.jboss.logging.Logger;

/**
 * Up once every migration of this release has been applied. A background check looks until this is so, and then stops: a schema does not go
 * back.
 */
@Readiness
@Singleton
class SchemaCheck implements AsyncHealthCheck {

    private static final Logger LOG = Logger.getLogger(SchemaCheck.class);
    private static final Duration INTERVAL = Duration.ofSeconds(2);

    private final Flyway flyway;
    private final DatabasePulse pulse;
    private final Vertx vertx;

    private volatile boolean isMigrated;
    private volatile boolean stopped;

    SchemaCheck(Flyway flyway, DatabasePulse pulse, Vertx vertx) {
        this.flyway = flyway;
        this.pulse = pulse;
        this.vertx = vertx;
    }

    void begin(@Observes StartupEvent event) {
        look();
    }

    private void look() {
        if (stopped || isMigrated) {
            return;
        }
        vertx.executeBlocking(() -> flyway.info().pending().length == 0, false).onComplete(none -> {
            isMigrated = none.succeeded() && none.result();
            if (none.failed() && pulse.isBeating()) {
                LOG.debug("The schema could not be read.", none.cause());
            }
            vertx.setTimer(INTERVAL.toMillis(), ignored -> look());
        });
    }

    @PreDestroy
    void stop() {
        stopped = true;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return Uni.createFrom()
                .item(() ->
                        HealthCheckResponse.named("schema").status(isMigrated).build());
    }
}
