package dev.tandem.init.health;

import dev.tandem.database.session.DatabasePulse;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready while PostgreSQL answers; also one that takes no writes, because reads and searches go on. */
@Readiness
@Singleton
class DatabaseCheck implements AsyncHealthCheck {

    private final DatabasePulse pulse;

    DatabaseCheck(DatabasePulse pulse) {
        this.pulse = pulse;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return Uni.createFrom().item(() -> HealthCheckResponse.named("database")
                .status(pulse.isBeating())
                .withData("readOnly", pulse.isReadOnly())
                .build());
    }
}
