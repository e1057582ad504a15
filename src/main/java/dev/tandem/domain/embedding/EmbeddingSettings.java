package dev.tandem.domain.embedding;

/**
 * Where a collection's vectors come from.
 *
 * @param model the name of an embedding model, or {@link #NONE}
 * @param dimensions the length of every vector in the collection
 */
public record EmbeddingSettings(String model, int dimensions, Metric metric) {

    /** No model: clients send the vectors. */
    public static final String NONE = "none";

    public boolean hasModel() {
        return !model.equals(NONE);
    }
}
