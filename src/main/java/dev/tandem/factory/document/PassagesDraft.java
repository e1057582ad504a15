package dev.tandem.factory.document;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a model has made of a document's text, as an export wrote it; unchecked.
 *
 * @param model the model that made the vectors
 */
public record PassagesDraft(@Nullable String model, List<Passage> passages) {

    /**
     * One passage.
     *
     * @param start in UTF-16 units of the content
     * @param end exclusive
     */
    @SuppressWarnings("ArrayRecordComponent") // handed from the edge to the factory, never compared
    public record Passage(int start, int end, float[] vector) {}
}
