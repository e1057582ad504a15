package dev.tandem.domain.search;

import java.util.ArrayList;
import java.util.List;

/**
 * The result of a search.
 *
 * @param query the query, which also says what each hit shows
 * @param sequence every write of the transactions up to this one has been considered
 * @param warnings what the client should know, such as why there are fewer hits than requested
 */
public record SearchResult(SearchQuery query, List<SearchHit> hits, long sequence, List<String> warnings) {

    /** The same result with one more warning, before the others. */
    public SearchResult withWarning(String warning) {
        List<String> all = new ArrayList<>();
        all.add(warning);
        all.addAll(warnings);
        return new SearchResult(query, hits, sequence, all);
    }
}
