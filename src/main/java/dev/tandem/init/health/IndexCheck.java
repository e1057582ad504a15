package dev.tandem.init.health;

import dev.tandem.service.index.IndexProgress;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Up once every index of this replica has caught up since the start, and while none is behind for longer than the limit. */
@Readiness
@Singleton
public class IndexCheck implements AsyncHealthCheck {

    private final IndexProgress progress;
    private final HealthConfig config;

    IndexCheck(IndexProgress progress, HealthConfig config) {
        this.progress = progress;
        this.config = config;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return Uni.createFrom().item(() -> {
            IndexProgress.Snapshot now = progress.snapshot(config.maxLag());
            return HealthCheckResponse.named("indexes")
                    .status(now.isCaughtUp())
                    .withData("starting", now.starting())
                    .withData("lagging", now.lagging())
                    .withData("building", now.building())
                    .withData("failing", now.failing())
                    .build();
        });
    }
}
