package dev.tandem.domain.facet;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The facets of documents, all of one state of the rows.
 *
 * @param documents how many were counted
 * @param basis which were counted
 * @param isExact whether these were all of them
 * @param facets by the names that the client gave them, in their order
 */
public record FacetCounts(long documents, Basis basis, boolean isExact, Map<String, FacetResult> facets) {

    /** Which documents facets count. */
    public enum Basis {
        /** All that the filter matches. */
        FILTER,
        /** Those of them that have the words of a search. */
        WORDS
    }

    /** About how many characters the listed values have. */
    public long characters() {
        return facets.values().stream()
                .filter(FacetResult.Values.class::isInstance)
                .flatMap(result -> ((FacetResult.Values) result).values().stream())
                .mapToLong(counted -> counted.value().toString().length())
                .sum();
    }

    public FacetCounts {
        facets = Collections.unmodifiableMap(new LinkedHashMap<>(facets));
    }
}
