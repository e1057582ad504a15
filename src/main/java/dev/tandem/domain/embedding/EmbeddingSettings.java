package dev.tandem.domain.embedding;

import dev.tandem.domain.refusal.Refusal;
import java.time.Duration;

/**
 * Where a collection's vectors come from.
 *
 * @param model the name of an embedding model, or {@link #NONE}
 * @param dimensions the length of every vector in the collection
 */
public record EmbeddingSettings(String model, int dimensions, Metric metric) {

    private static final Duration RETRY_AFTER = Duration.ofMinutes(1);

    /** No model: clients send the vectors. */
    public static final String NONE = "none";

    public boolean hasModel() {
        return !model.equals(NONE);
    }

    /** Whether the collection can store and compare this vector. */
    public boolean takes(Vector vector) {
        return vector.dimensions() == dimensions && metric.takes(vector);
    }

    /** Why vectors of the model do not fit the collection, although they did when it was added. */
    public Refusal.Unavailable misfit(int made) {
        return new Refusal.Unavailable(
                "embedding.misfit",
                made == dimensions
                        ? "The embedding model '%s' has made a vector that the metric %s can't compare."
                                .formatted(model, metric)
                        : "The embedding model '%s' makes vectors of %d dimensions, but those of the collection have %d."
                                .formatted(model, made, dimensions),
                RETRY_AFTER);
    }
}
