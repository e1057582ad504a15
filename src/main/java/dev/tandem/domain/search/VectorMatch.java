package dev.tandem.domain.search;

import java.util.UUID;

/**
 * A document that the vector search found.
 *
 * @param similarity of its best chunk to the query, in the collection's {@link dev.tandem.domain.embedding.Metric}
 * @param ordinal the number of that chunk
 */
public record VectorMatch(UUID documentId, double similarity, int ordinal) {}
