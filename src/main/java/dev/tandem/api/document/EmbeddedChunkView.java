package dev.tandem.api.document;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tandem.domain.embedding.StoredVectors;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A chunk that a model has embedded.
 *
 * @param start where it begins in the content, in UTF-16 units
 * @param end where it ends, exclusive
 * @param text only in exports, where requested
 * @param vector left out of exports of chunks without vectors
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@SuppressWarnings("ArrayRecordComponent") // written as JSON, never compared
public record EmbeddedChunkView(
        int start, int end, @Nullable String text, float @Nullable [] vector) {

    /** Null where no model has made the vectors. */
    public static @Nullable List<EmbeddedChunkView> of(StoredVectors vectors) {
        return vectors.model() == null
                ? null
                : vectors.chunks().stream()
                        .map(chunk -> new EmbeddedChunkView(
                                chunk.start(), chunk.end(), null, chunk.vector().toArray()))
                        .toList();
    }
}
