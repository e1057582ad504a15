package dev.tandem.domain.search;

import java.util.UUID;

/**
 * A document found by its meaning.
 *
 * @param similarity of its best passage to the query, in the collection's {@link dev.tandem.domain.embedding.Metric}
 * @param ordinal of that passage
 */
public record VectorMatch(UUID documentId, double similarity, int ordinal) {}
