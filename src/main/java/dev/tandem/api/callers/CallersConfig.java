package dev.tandem.api.callers;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.PositiveOrZero;
import java.time.Duration;

/** What one caller may take from the others. */
@ConfigMapping(prefix = "tandem.callers")
public interface CallersConfig {

    /** Which part of the streams of a kind that may run at once belongs to one caller at most, from 0 to 1. It is at least one stream. */
    @WithDefault("0.5")
    @DecimalMin("0")
    @DecimalMax("1")
    double share();

    /** How many bytes of a body must arrive in a second, on average; with 0, a body may take any time. */
    @WithDefault("240")
    @PositiveOrZero
    int leastRate();

    /** Over which time the average is taken. A body may be silent for this long at most. */
    @WithDefault("10s")
    Duration patience();
}
