package dev.tandem.api.callers;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import java.time.Duration;
import java.util.OptionalInt;

/** What one caller may take from the others. */
@ConfigMapping(prefix = "tandem.callers")
public interface CallersConfig {

    /** How many requests that read may be in flight in this process: single documents, lists, all that is neither a search nor a stream. */
    @WithDefault("128")
    @Positive
    int reads();

    /** How many requests that write may be in flight in this process; imports are counted by themselves. */
    @WithDefault("64")
    @Positive
    int writes();

    /** How many searches may be in flight in this process; by default 16 for each processor. */
    OptionalInt searches();

    /** Which part of the requests of a kind that may be in flight belongs to one caller at most, from 0 to 1. It is at least one request. */
    @WithDefault("0.5")
    @DecimalMin("0")
    @DecimalMax("1")
    double share();

    /**
     * How much one caller may ask for in a second, on average: a read costs 1, a write 2, a search, an import or an export 10, and each 64 KB of
     * a body 1 more. With 0, there is no limit.
     */
    @WithDefault("0")
    @PositiveOrZero
    int rate();

    /** How much a caller that has been silent may ask for at once. A request that costs more than that costs all of it. */
    @WithDefault("1000")
    @Positive
    int burst();

    /** How many bytes of a body must arrive in a second, on average; with 0, a body may take any time. */
    @WithDefault("240")
    @PositiveOrZero
    int leastRate();

    /** Over which time the average is taken. A body may be silent for this long at most. */
    @WithDefault("10s")
    Duration patience();
}
