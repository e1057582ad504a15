package dev.tandem.index;

import dev.tandem.domain.embedding.Vector;
import dev.tandem.domain.metadata.Filter;
import org.jspecify.annotations.Nullable;

/**
 * A query to an index.
 *
 * @param text keyword search uses it; null for none
 * @param vector vector search uses it; null for none
 * @param limit how many candidates of each kind
 */
public record CandidateQuery(
        @Nullable String text, @Nullable Vector vector, Filter filter, int limit) {}
