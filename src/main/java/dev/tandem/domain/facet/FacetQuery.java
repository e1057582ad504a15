package dev.tandem.domain.facet;

import dev.tandem.domain.metadata.Filter;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Facets of documents.
 *
 * @param filter matches the documents that the list or the search is about; a facet may have another one
 */
public record FacetQuery(Filter filter, List<Facet> facets) {

    public static final int MOST_FACETS = 10;
    public static final int MOST_VALUES = 1_000;
    public static final int MOST_RANGES = 50;
    public static final int MOST_BUCKETS = 2_000;

    /** In code points. Longer texts are counted, and not listed. */
    public static final int LONGEST_LISTED = 256;

    public FacetQuery {
        facets = List.copyOf(facets);
    }

    /** Each different filter, that of the list or the search first. */
    public Set<Filter> filters() {
        Set<Filter> filters = new LinkedHashSet<>();
        filters.add(filter);
        facets.forEach(facet -> filters.add(facet.filter()));
        return filters;
    }
}
