package dev.tandem.domain.embedding;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The vectors that are stored of a document's present text: its own vector, or those that a model made of its chunks. Without either,
 * there are none: they were not asked for, or a model still has to make them.
 *
 * @param own the vector that a client brought
 * @param model the model that made the vectors of the chunks; null where there are none
 * @param chunks in the order of the text
 */
public record StoredVectors(@Nullable Vector own, @Nullable String model, List<EmbeddedChunk> chunks) {

    /** What a component of a vector takes as text, in characters. */
    public static final int COMPONENT = 12;

    /** No vectors. */
    public static final StoredVectors NONE = new StoredVectors(null, null, List.of());

    /**
     * A chunk with its vector.
     *
     * @param start where it begins in the content, in UTF-16 units
     * @param end where it ends, exclusive
     */
    public record EmbeddedChunk(int start, int end, Vector vector) {}

    /** About how many characters they take as text. */
    public long characters() {
        long components = (own == null ? 0 : own.dimensions())
                + chunks.stream()
                        .mapToLong(chunk -> chunk.vector().dimensions())
                        .sum();
        return COMPONENT * components;
    }

    public static StoredVectors ofOwn(Vector own) {
        return new StoredVectors(own, null, List.of());
    }

    public static StoredVectors ofModel(String model, List<EmbeddedChunk> chunks) {
        return new StoredVectors(null, model, chunks);
    }
}
