package dev.tandem.domain.search;

import dev.tandem.domain.embedding.Vector;
import dev.tandem.domain.metadata.Filter;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A question to a collection.
 *
 * @param text what to look for; null where only a vector is given
 * @param vector stands in for the embedding of the text; null to have the text embedded
 * @param limit how many hits at most
 * @param minSimilarity documents found by meaning must be at least this alike; null lets all through
 * @param explain whether each hit says what the lists add to its score
 * @param minSequence the answer must show everything up to this transaction; 0 for whatever there is
 */
public record SearchQuery(
        @Nullable String text,
        @Nullable Vector vector,
        SearchMode mode,
        Filter filter,
        int limit,
        Fusion fusion,
        @Nullable Double minSimilarity,
        Set<Include> include,
        boolean explain,
        long minSequence) {

    /** What a hit brings along. */
    public enum Include {
        DOCUMENT,
        CHUNK,
        HIGHLIGHTS
    }

    public boolean includes(Include part) {
        return include.contains(part);
    }
}
