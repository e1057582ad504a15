package dev.tandem.init.health;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** When this replica is ready to take requests. */
@ConfigMapping(prefix = "tandem.health")
interface HealthConfig {

    /** How far an index may be behind the rows before this replica is not ready. */
    @WithDefault("5m")
    Duration maxLag();
}
