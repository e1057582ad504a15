package dev.tandem.service.embedding;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Positive;
import java.time.Duration;

/** How documents are embedded after they have been written. */
@ConfigMapping(prefix = "tandem.sync")
public interface EmbeddingPolicy {

    /** How many documents a replica claims together. */
    @WithDefault("32")
    @Positive
    int embeddingBatch();

    /** How many chunks go to a model together at most. A slow model gets as many as it embeds in about two seconds. */
    @WithDefault("256")
    @Positive
    int embeddingPortion();

    /** How long a claim lasts without being renewed. It is renewed while its replica works on it. */
    @WithDefault("30s")
    Duration embeddingLease();

    /** How long a model may take for a portion before it counts as away. */
    @WithDefault("2m")
    Duration embeddingTimeout();

    /** How often a document is tried before it is parked. */
    @WithDefault("5")
    @Positive
    int embeddingAttempts();

    /** How long the second attempt waits; each further one waits twice as long. A model that is away is asked again as late. */
    @WithDefault("1s")
    Duration embeddingBackoff();
}
