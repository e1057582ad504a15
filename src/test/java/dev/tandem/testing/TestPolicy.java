package dev.tandem.testing;

import dev.tandem.service.embedding.EmbeddingPolicy;
import java.time.Duration;

/** The embedding policy of replicas in tests: small portions, short pauses, and the lease that a test needs. */
public record TestPolicy(Duration embeddingLease) implements EmbeddingPolicy {

    public static final TestPolicy UNHURRIED = new TestPolicy(Duration.ofMinutes(1));

    @Override
    public int embeddingBatch() {
        return 32;
    }

    @Override
    public int embeddingPortion() {
        return 20;
    }

    @Override
    public Duration embeddingTimeout() {
        return Duration.ofMinutes(1);
    }

    @Override
    public int embeddingAttempts() {
        return 3;
    }

    @Override
    public Duration embeddingBackoff() {
        return Duration.ofMillis(20);
    }
}
