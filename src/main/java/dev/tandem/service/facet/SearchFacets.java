package dev.tandem.service.facet;

import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.embedding.VectorSet;
import dev.tandem.domain.facet.FacetCounts;
import dev.tandem.domain.facet.FacetCounts.Basis;
import dev.tandem.domain.facet.FacetQuery;
import dev.tandem.domain.metadata.DocumentField;
import dev.tandem.domain.metadata.Filter;
import dev.tandem.domain.search.Candidates;
import dev.tandem.domain.search.SearchMode;
import dev.tandem.domain.search.SearchQuery;
import dev.tandem.domain.search.SearchResult;
import dev.tandem.domain.search.SearchText;
import dev.tandem.domain.search.SearchText.Clause;
import dev.tandem.index.CandidateQuery;
import dev.tandem.index.text.QueryWords;
import dev.tandem.repository.SearchRepository;
import dev.tandem.service.facet.FacetCounting.Counted;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Counts values of what a search is about. A keyword search is about the documents that have its words: the index names them, so far as it names
 * documents at all. Every document is more or less near to a vector, so any other search is about all that its filter matches and that have the words
 * which it demands.
 */
@Singleton
public class SearchFacets {

    /** So many documents every engine names in one answer. */
    static final int MOST_FOUND = 10_000;

    private final SearchRepository searches;
    private final FacetCounting counting;

    SearchFacets(SearchRepository searches, FacetCounting counting) {
        this.searches = searches;
        this.counting = counting;
    }

    /** The result with the facets that the query asks for; the same result if it asks for none. */
    public Uni<SearchResult> counted(Collection owner, VectorSet set, SearchQuery query, SearchResult result) {
        FacetQuery facets = query.facets();
        return facets == null
                ? Uni.createFrom().item(result)
                : count(owner, set, query, facets).map(result::counted);
    }

    private Uni<FacetCounts> count(Collection owner, VectorSet set, SearchQuery query, FacetQuery facets) {
        SearchText words = words(owner, query);
        return words == null
                ? counting.count(owner.id(), facets, new Counted(Map.of(), Basis.FILTER, true))
                : found(owner, set, words, facets).chain(counted -> counting.count(owner.id(), facets, counted));
    }

    /** What documents must have to be counted; null if nothing. */
    private static @Nullable SearchText words(Collection owner, SearchQuery query) {
        if (query.mode() == SearchMode.KEYWORD) {
            return query.text();
        }
        List<Clause> demands = query.demands().stream()
                // One without a word demands nothing.
                .filter(clause -> !QueryWords.of(clause.text(), owner.settings().language())
                        .isEmpty())
                .toList();
        return demands.isEmpty() ? null : new SearchText("", demands);
    }

    private Uni<Counted> found(Collection owner, VectorSet set, SearchText words, FacetQuery facets) {
        Map<Filter, Filter> found = new HashMap<>();
        return Multi.createFrom()
                .iterable(facets.filters())
                .onItem()
                .transformToUniAndConcatenate(filter -> searches.candidates(
                                owner, set, new CandidateQuery(words, null, List.of(), filter, MOST_FOUND, null, true))
                        .invoke(candidates -> found.put(filter, among(candidates, filter)))
                        .map(SearchFacets::areAll))
                .collect()
                .asList()
                .map(ends -> new Counted(found, Basis.WORDS, !ends.contains(false)));
    }

    /** Whether the index has named all that it found. An engine that cannot count has said no more if it names as many as it can. */
    private static boolean areAll(Candidates candidates) {
        Long matching = candidates.matching();
        return candidates.byWords().size() < MOST_FOUND || (matching != null && matching <= MOST_FOUND);
    }

    /** The rows decide: the index may be a moment behind. */
    private static Filter among(Candidates candidates, Filter filter) {
        List<@Nullable Object> ids = candidates.byWords().stream()
                .<@Nullable Object>map(match -> match.documentId().toString())
                .toList();
        return new Filter.And(List.of(filter, new Filter.In(DocumentField.ID, ids)));
    }
}
