package dev.tandem.service.index;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Positive;
import java.time.Duration;

/** How each replica compares its indexes with the rows, all the time and slowly. */
@ConfigMapping(prefix = "tandem.index-check")
public interface IndexCheckConfig {

    /** Whether it does. */
    @WithDefault("true")
    boolean enabled();

    /** How often a piece is compared, while that takes little of the time. */
    @WithDefault("20s")
    Duration interval();

    /** How many documents a piece has at most. */
    @WithDefault("250")
    @Positive
    int documents();
}
