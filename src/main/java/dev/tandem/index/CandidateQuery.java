package dev.tandem.index;

import dev.tandem.domain.embedding.Vector;
import dev.tandem.domain.metadata.Filter;
import dev.tandem.domain.search.SearchText;
import dev.tandem.domain.search.SearchText.Clause;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A query to an index.
 *
 * @param text keyword search uses it; null for none
 * @param vector vector search uses it; null for none
 * @param demands what documents that vector search finds must have and must not have; the text brings its own
 * @param limit how many candidates of each kind
 * @param effort how many of the nearest vector search keeps in sight while it looks, and no fewer than the limit; null for as many as the engine
 *     needs to miss hardly any. An engine that cannot choose ignores it.
 * @param isCounted whether keyword search counts all documents that match
 */
public record CandidateQuery(
        @Nullable SearchText text,
        @Nullable Vector vector,
        List<Clause> demands,
        Filter filter,
        int limit,
        @Nullable Integer effort,
        boolean isCounted) {

    /**
     * So many of the best documents by words are ranked by what is written too, which costs too much for all. It does not depend on the limit, so that
     * the first candidates do not either.
     */
    public static final int LOOKED_AT_AGAIN = 200;

    /** A query with the usual effort, which counts nothing. */
    public CandidateQuery(
            @Nullable SearchText text, @Nullable Vector vector, List<Clause> demands, Filter filter, int limit) {
        this(text, vector, demands, filter, limit, null, false);
    }
}
