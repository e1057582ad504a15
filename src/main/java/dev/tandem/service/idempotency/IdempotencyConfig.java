package dev.tandem.service.idempotency;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long requests are remembered, and which answers are stored. */
@ConfigMapping(prefix = "tandem.idempotency")
public interface IdempotencyConfig {

    /** How long an answer is kept for a client that sends the request again. */
    @WithDefault("24h")
    Duration retention();

    /** How long a request can be in flight before a retry takes it over. This must be longer than any request takes. */
    @WithDefault("60s")
    Duration lease();

    /**
     * The largest answer that is stored for a request that only reads. The answer of a request that writes is always stored with its
     * writes.
     */
    @WithDefault("1M")
    MemorySize largestAnswer();
}
