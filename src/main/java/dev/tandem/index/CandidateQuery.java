package dev.tandem.index;

import dev.tandem.domain.embedding.Vector;
import dev.tandem.domain.metadata.Filter;
import org.jspecify.annotations.Nullable;

/**
 * What an index is asked for.
 *
 * @param text finds by words where it isn't null
 * @param vector finds by meaning where it isn't null
 * @param limit how many candidates of each kind
 */
public record CandidateQuery(
        @Nullable String text, @Nullable Vector vector, Filter filter, int limit) {}
