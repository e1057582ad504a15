package dev.tandem.service.idempotency;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long requests are known again, and what is kept of them. */
@ConfigMapping(prefix = "tandem.idempotency")
public interface IdempotencyConfig {

    /** How long an answer is kept for whoever sends the request again. */
    @WithDefault("24h")
    Duration retention();

    /** How long a request is in flight at most before whoever sends it again takes it over: longer than any request should take. */
    @WithDefault("60s")
    Duration lease();

    /** The largest answer that is kept of a request that only reads. What a request has written is always kept with it. */
    @WithDefault("1M")
    MemorySize largestAnswer();
}
