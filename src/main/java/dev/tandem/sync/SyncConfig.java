package dev.tandem.sync;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How derived data keeps up with the rows. */
@ConfigMapping(prefix = "tandem.sync")
public interface SyncConfig {

    /** The shortest pause between two looks at the log, while changes arrive. Changes made on this replica are noticed at once. */
    @WithDefault("50ms")
    Duration fastestPoll();

    /** The longest pause between two looks at the log, while nothing happens. */
    @WithDefault("500ms")
    Duration slowestPoll();

    /** How long changes are kept in the log. A replica that was stopped for longer builds its indexes again. */
    @WithDefault("7d")
    Duration changeRetention();

    /** How often expired rows, and the indexes of deleted collections, are deleted. */
    @WithDefault("60s")
    Duration sweep();

    /** How often a replica counts what is still to be done, for the metrics. */
    @WithDefault("15s")
    Duration backlog();
}
