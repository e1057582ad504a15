package dev.tandem.service.index.check;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Positive;
import java.time.Duration;

/** How each replica continuously compares its indexes with the rows, at a slow pace. */
@ConfigMapping(prefix = "tandem.index-check")
public interface IndexCheckConfig {

    /** Whether the check runs. */
    @WithDefault("true")
    boolean enabled();

    /** How often a piece is compared. The check slows down if comparing takes too much of the time. */
    @WithDefault("20s")
    Duration interval();

    /** The largest number of documents in a piece. */
    @WithDefault("250")
    @Positive
    int documents();
}
