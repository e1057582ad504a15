package dev.tandem.domain.search;

import java.util.UUID;

/**
 * A document that the vector search found.
 *
 * @param similarity of its best chunk to the query, in the collection's {@link dev.tandem.domain.embedding.Metric}
 * @param ordinal the number of that chunk
 * @param chunks how many chunks the document has; 0 if nobody has counted them
 */
public record VectorMatch(UUID documentId, double similarity, int ordinal, int chunks) {

    /** A document whose chunks nobody has counted. */
    public VectorMatch(UUID documentId, double similarity, int ordinal) {
        this(documentId, similarity, ordinal, 0);
    }

    public boolean isCounted() {
        return chunks > 0;
    }

    public VectorMatch withChunks(int counted) {
        return new VectorMatch(documentId, similarity, ordinal, counted);
    }
}
