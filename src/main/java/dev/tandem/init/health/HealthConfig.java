package dev.tandem.init.health;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** When this replica is fit to be sent requests. */
@ConfigMapping(prefix = "tandem.health")
interface HealthConfig {

    /** How long an index may be behind the rows before this replica is not ready. */
    @WithDefault("5m")
    Duration maxLag();
}
