package dev.tandem.sync;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How what is derived keeps up with the rows. */
@ConfigMapping(prefix = "tandem.sync")
public interface SyncConfig {

    /** How soon after a change elsewhere the log is looked at again. Changes made here are noticed at once. */
    @WithDefault("50ms")
    Duration fastestPoll();

    /** How long the log is left alone at most while nothing happens. */
    @WithDefault("500ms")
    Duration slowestPoll();

    /** How long changes are kept in the log. A replica that was away for longer builds its indexes anew. */
    @WithDefault("7d")
    Duration changeRetention();

    /** How often the indexes of collections that are gone, and rows past their time, are deleted. */
    @WithDefault("60s")
    Duration sweep();
}
