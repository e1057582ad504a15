package dev.tandem.api.document;

import dev.tandem.domain.embedding.StoredVectors;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A chunk that a model has embedded: where it is in the content, in UTF-16 units, and its vector. */
@SuppressWarnings("ArrayRecordComponent") // written as JSON, never compared
public record EmbeddedChunkView(int start, int end, float[] vector) {

    /** Null where no model has made the vectors. */
    public static @Nullable List<EmbeddedChunkView> of(StoredVectors vectors) {
        return vectors.model() == null
                ? null
                : vectors.chunks().stream()
                        .map(chunk -> new EmbeddedChunkView(
                                chunk.start(), chunk.end(), chunk.vector().toArray()))
                        .toList();
    }
}
