package dev.tandem.api.job;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How those who listen to jobs are kept. */
@ConfigMapping(prefix = "tandem.job-events")
interface JobEventsConfig {

    /** How often a comment is sent, so that no proxy takes the connection for a dead one. */
    @WithDefault("15s")
    Duration heartbeat();
}
