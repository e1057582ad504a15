package dev.tandem.service.idempotency;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long requests are remembered. */
@ConfigMapping(prefix = "tandem.idempotency")
public interface IdempotencyConfig {

    /** How long an answer is kept for a client that sends the request again. */
    @WithDefault("24h")
    Duration retention();

    /** How long a request can be in flight before a retry takes it over. This must be longer than any request takes. */
    @WithDefault("60s")
    Duration lease();
}
