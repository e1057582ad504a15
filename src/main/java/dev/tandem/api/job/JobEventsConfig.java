package dev.tandem.api.job;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings for event streams of jobs. */
@ConfigMapping(prefix = "tandem.job-events")
interface JobEventsConfig {

    /** How often a comment is sent, so that proxies do not treat the connection as dead. */
    @WithDefault("15s")
    Duration heartbeat();
}
