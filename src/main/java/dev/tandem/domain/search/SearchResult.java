package dev.tandem.domain.search;

import dev.tandem.domain.facet.FacetCounts;
import dev.tandem.domain.search.paging.HitPlace;
import dev.tandem.domain.search.paging.Total;
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
 * @param facets null if none were asked for
 * @param total how many documents match; null if that was not asked for
 * @param next where the next page begins; null if there is none
 * @param warnings what the client should know, such as why there are fewer hits than requested
 */
public record SearchResult(
        SearchQuery query,
        List<SearchHit> hits,
        long sequence,
        @Nullable Budget budget,
        @Nullable FacetCounts facets,
        @Nullable Total total,
        @Nullable HitPlace next,
        List<String> warnings) {

    /** The same result with these hits, and what was spent on them. */
    public SearchResult with(List<SearchHit> read, @Nullable Budget spent) {
        return new SearchResult(query, read, sequence, spent, facets, total, next, warnings);
    }

    /** The same result with what was counted. */
    public SearchResult counted(FacetCounts counts) {
        return new SearchResult(query, hits, sequence, budget, counts, total, next, warnings);
    }

    /** The same result, whose next page begins there. */
    public SearchResult with(@Nullable HitPlace other) {
        return new SearchResult(query, hits, sequence, budget, facets, total, other, warnings);
    }

    /** The same result without what its query does not show of the documents. */
    public SearchResult onlyShown() {
        return with(hits.stream().map(hit -> hit.shownBy(query)).toList(), budget);
    }

    /** About how many characters it takes as an answer that shows all that it has, beside what every hit has, such as its key and its scores. */
    public long characters() {
        long counted = facets == null ? 0 : facets.characters();
        return counted + hits.stream().mapToLong(SearchHit::characters).sum();
    }

    /** The same result with one more warning, before the others. */
    public SearchResult withWarning(String warning) {
        List<String> all = new ArrayList<>();
        all.add(warning);
        all.addAll(warnings);
        return new SearchResult(query, hits, sequence, budget, facets, total, next, all);
    }
}
