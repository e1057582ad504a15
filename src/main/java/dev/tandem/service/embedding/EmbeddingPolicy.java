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

    /** The largest number of chunks that are sent to a model together. A slow model gets only as many as it embeds in about two seconds. */
    @WithDefault("256")
    @Positive
    int embeddingPortion();

    /** How long a claim lasts without being renewed. The replica renews it while it works on the document. */
    @WithDefault("30s")
    Duration embeddingLease();

    /** How long a model may take for a portion before it counts as unavailable. */
    @WithDefault("2m")
    Duration embeddingTimeout();

    /** How many attempts a document gets before it is parked. */
    @WithDefault("5")
    @Positive
    int embeddingAttempts();

    /**
     * The pause before the second attempt. It doubles with each further attempt. The same pauses apply before an unavailable model is asked
     * again.
     */
    @WithDefault("1s")
    Duration embeddingBackoff();
}
