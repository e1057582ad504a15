package dev.tandem.factory.document;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The chunks that a model has made from a document's text, as an export wrote them; not checked yet.
 *
 * @param model the model that made the vectors
 */
public record ChunksDraft(@Nullable String model, List<DraftChunk> chunks) {

    /**
     * A chunk and its vector.
     *
     * @param start in UTF-16 units of the content
     * @param end exclusive
     */
    @SuppressWarnings("ArrayRecordComponent") // passed from the edge to the factory, never compared
    public record DraftChunk(int start, int end, float[] vector) {}
}
