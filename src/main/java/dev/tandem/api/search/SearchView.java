package dev.tandem.api.search;

import dev.tandem.domain.search.SearchResult;
import java.util.List;

/**
 * The answer to a question, best first.
 *
 * @param sequence everything that the transactions up to this one did has been considered
 */
public record SearchView(List<HitView> items, long sequence, List<String> warnings) {

    static SearchView of(SearchResult result, SearchRequest request) {
        return new SearchView(
                result.hits().stream().map(hit -> HitView.of(hit, request)).toList(),
                result.sequence(),
                result.warnings());
    }
}
