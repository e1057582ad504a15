package dev.tandem.init.health;

import dev.tandem.database.session.DatabasePulse;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Up while PostgreSQL answers, even if it does not accept writes, because reads and searches still work. */
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
