package dev.tandem.domain.search;

import dev.tandem.domain.search.passage.Budget;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The result of a search.
 *
 * @param query the query, which also says what each hit shows
 * @param sequence every write of the transactions up to this one has been considered
 * @param budget how the tokens were spent; null if they were not limited
 * @param warnings what the client should know, such as why there are fewer hits than requested
 */
public record SearchResult(
        SearchQuery query,
        List<SearchHit> hits,
        long sequence,
        @Nullable Budget budget,
        List<String> warnings) {

    /** The same result with these hits, and what was spent on them. */
    public SearchResult with(List<SearchHit> read, @Nullable Budget spent) {
        return new SearchResult(query, read, sequence, spent, warnings);
    }

    /** The same result with one more warning, before the others. */
    public SearchResult withWarning(String warning) {
        List<String> all = new ArrayList<>();
        all.add(warning);
        all.addAll(warnings);
        return new SearchResult(query, hits, sequence, budget, all);
    }
}
