package dev.tandem.api.search;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tandem.api.facet.FacetView;
import dev.tandem.api.facet.FacetsView.CountedView;
import dev.tandem.domain.facet.FacetCounts;
import dev.tandem.domain.search.SearchHit;
import dev.tandem.domain.search.SearchResult;
import dev.tandem.domain.search.paging.Total;
import dev.tandem.domain.search.passage.Budget;
import dev.tandem.domain.search.several.MergedResult;
import dev.tandem.factory.rules.Choice;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The result of a search, best first.
 *
 * @param nextCursor with which the next page of the same search begins; only with pages, and not on the last one
 * @param total how many documents match, if that was asked for
 * @param budget how the tokens were spent, if they were limited
 * @param counted which documents the facets have counted, if some were asked for
 * @param sequence every write of the transactions up to this one has been considered
 */
@Schema(examples = """
{"items": [{"key": "article-1", "id": "01a20669-cd09-715e-bbab-3600711aa0e0", "score": 0.93, "keywordScore": 2.1, "keywordRank": 1,
            "vectorSimilarity": 0.71, "vectorRank": 1, "chunk": {"ordinal": 0, "start": 0, "end": 22, "text": "Tea is made of leaves."},
            "highlights": {"content": ["<em>Tea</em> is made of leaves."]}}],
 "sequence": 4711, "warnings": ["Only 1 of 5 hits: no other document matches."]}
""")
public record SearchView(
        List<HitView> items,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String nextCursor,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable TotalView total,
        long sequence,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable BudgetView budget,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable CountedView counted,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Map<String, FacetView> facets,
        List<String> warnings) {

    /**
     * How the tokens of an answer were spent.
     *
     * @param used by the passages, and by the titles where those are included
     * @param counter what has counted: the tokenizer of the collection's model, or an estimate
     */
    @Schema(name = "BudgetView")
    public record BudgetView(
            int tokens,
            long used,
            @Schema(enumeration = {"tokenizer", "estimate"}) String counter,
            Cut cut) {

        private static BudgetView of(Budget budget) {
            return new BudgetView(
                    budget.tokens(),
                    budget.used(),
                    Choice.word(budget.counter()),
                    new Cut(budget.cutPassages(), budget.cutDocuments()));
        }
    }

    /**
     * What did not fit.
     *
     * @param passages how many
     * @param documents how many hits were left out
     */
    @Schema(name = "BudgetCutView")
    public record Cut(int passages, int documents) {}

    /**
     * How many documents match.
     *
     * @param exact whether there are so many; otherwise there are no fewer
     */
    @Schema(name = "TotalView")
    public record TotalView(long value, boolean exact) {

        private static TotalView of(Total total) {
            return new TotalView(total.value(), total.exact());
        }
    }

    static SearchView of(SearchResult result) {
        return of(result, null);
    }

    static SearchView of(SearchResult result, @Nullable String nextCursor) {
        return of(result, nextCursor, hit -> HitView.of(hit, result.query()));
    }

    static SearchView of(MergedResult merged) {
        SearchResult result = merged.result();
        return of(result, null, hit -> HitView.of(merged.collection(hit), hit, result.query()));
    }

    private static SearchView of(SearchResult result, @Nullable String nextCursor, Function<SearchHit, HitView> view) {
        FacetCounts facets = result.facets();
        return new SearchView(
                result.hits().stream().map(view).toList(),
                nextCursor,
                result.total() == null ? null : TotalView.of(result.total()),
                result.sequence(),
                result.budget() == null ? null : BudgetView.of(result.budget()),
                facets == null ? null : CountedView.of(facets),
                facets == null ? null : FacetView.of(facets),
                result.warnings());
    }
}
