package dev.tandem.api.search;

import dev.tandem.api.facet.FacetRequest;
import dev.tandem.api.http.WriteAnswers;
import dev.tandem.api.search.passage.BudgetRequest;
import dev.tandem.api.search.passage.PassagesRequest;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.domain.search.SearchMode;
import dev.tandem.domain.search.SearchQuery;
import dev.tandem.domain.search.paging.HitPlace;
import dev.tandem.factory.search.SearchDraft;
import dev.tandem.factory.search.SearchDraft.LikeDraft;
import dev.tandem.factory.search.SearchDraft.VarietyDraft;
import dev.tandem.factory.search.SearchFactory;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The body of a search: a query, a vector or examples, or a query and one of these. */
@Schema(examples = """
                {"query": "how is tea made", "filter": {"year": {"$gte": 2020}}, "limit": 5, "include": ["document", "chunk", "highlights"]}
                """)
@SuppressWarnings("ArrayRecordComponent") // read from JSON and passed on, never compared
public record SearchRequest(
        @Schema(description = "What to look for; a search has a query, a vector or examples", maxLength = 10_000)
        @Nullable
        String query,

        @Schema(
                implementation = SearchFactory.Syntax.class,
                description = "How the query is read: simple gives it operators",
                defaultValue = "plain")
        @Nullable
        String syntax,

        @Schema(
                implementation = SearchFactory.Fuzzy.class,
                description =
                        "auto also finds words that are a typo away: one edit for 3 to 5 letters, two for more. The first letter has to be right",
                defaultValue = "off")
        @Nullable
        String fuzzy,

        @Schema(
                description =
                        "Takes the last word of the query for the beginning of one, unless something follows it: for a search as you type",
                defaultValue = "false")
        @Nullable
        Boolean prefix,

        float @Nullable [] vector,

        @Schema(
                implementation = SearchMode.class,
                description = "Which searches decide; by default all that the request and the collection allow")
        @Nullable
        String mode,

        @Nullable Map<String, @Nullable Object> filter,

        @Schema(minimum = "1", maximum = "1000", defaultValue = "10") @Nullable
        Integer limit,

        @Schema(
                description =
                        "How many of the nearest the vector search keeps in sight: more finds more of them, and takes longer",
                minimum = "1",
                maximum = "1000")
        @Nullable
        Integer effort,

        @Nullable FusionRequest fusion,

        @Schema(description = "Removes documents below this similarity from the vector search") @Nullable
        Double minSimilarity,

        @Schema(
                type = SchemaType.ARRAY,
                implementation = SearchQuery.Include.class,
                description =
                        "What hits have besides their keys and scores; the document, if this is left out, or with passages the title and the passages")
        @Nullable
        List<String> include,

        @Nullable PassagesRequest passages,
        @Nullable BudgetRequest budget,

        @Schema(description = "Adds what each search contributed to the score") @Nullable
        Boolean explain,

        @Schema(
                description =
                        "Lets a hybrid search answer with the keyword hits alone while the vector search is away, and any search in its own order while the reranker is",
                defaultValue = "false")
        @Nullable
        Boolean degrade,

        @Nullable Rerank rerank,

        @Nullable GroupByRequest groupBy,

        @Nullable DiversityRequest diversity,

        @Schema(description = "Examples that hits are to be like, in place of a vector", minItems = 1, maxItems = 10)
        @Nullable
        List<ExampleRequest> like,

        @Schema(description = "Examples that hits are to be unlike, beside others that they are like", maxItems = 10)
        @Nullable
        List<ExampleRequest> unlike,

        @Schema(
                description = "What to count of the documents that the search is about: 1 to 10 facets by their names",
                minProperties = 1,
                maxProperties = 10)
        @Nullable
        Map<String, @Nullable FacetRequest> facets,

        @Schema(
                description =
                        "Lets further pages follow, by the nextCursor of the answer; all are of one state of the index",
                defaultValue = "false")
        @Nullable
        Boolean pages,

        @Schema(
                description = "The nextCursor of the page before, of the same search; its limit may be another one",
                maxLength = 1_000)
        @Nullable
        String cursor,

        @Schema(description = "Counts all documents that match", defaultValue = "false") @Nullable
        Boolean total) {

    /** Which reranker orders the best hits. */
    @Schema(name = "RerankRequest", description = "A reranker orders the best hits by their texts; the others follow")
    public record Rerank(
            @Schema(description = "The name of a reranker of this service", required = true) @Nullable
            String model,

            @Schema(
                    description = "How many of the best hits it orders",
                    minimum = "1",
                    maximum = "200",
                    defaultValue = "50")
            @Nullable
            Integer top) {

        private SearchDraft.RerankDraft toDraft() {
            return new SearchDraft.RerankDraft(model, top);
        }
    }

    /** The search, for documents that are the records of a model: hits have them without the documents. */
    public SearchDraft ofRecords(@Nullable String sequence) {
        if (facets != null) {
            throw new Refusal.Rejected(
                    "/facets",
                    "facets.records",
                    "A search for records has no facets. Ask the collection of their documents.");
        }
        if (isPaged() || Boolean.TRUE.equals(total)) {
            throw SearchDraft.PageDraft.alone();
        }
        return toDraft(sequence, include == null ? List.of() : include, null);
    }

    /** @param sequence the header; null if there is none */
    SearchDraft toDraft(@Nullable String sequence) {
        return toDraft(sequence, include, null);
    }

    /**
     * @param sequence the header; null if there is none
     * @param from where the cursor says that the page begins; null without one
     */
    SearchDraft toDraft(@Nullable String sequence, @Nullable HitPlace from) {
        return toDraft(sequence, include, from);
    }

    /** Whether the answer is a page of hits. */
    boolean isPaged() {
        return Boolean.TRUE.equals(pages) || cursor != null;
    }

    private SearchDraft.@Nullable PageDraft page(@Nullable HitPlace from) {
        boolean isCounted = Boolean.TRUE.equals(total);
        return isPaged() || isCounted ? new SearchDraft.PageDraft(isPaged(), from, isCounted) : null;
    }

    private SearchDraft toDraft(@Nullable String sequence, @Nullable List<String> included, @Nullable HitPlace from) {
        return new SearchDraft(
                query,
                syntax,
                fuzzy,
                prefix,
                vector,
                mode,
                filter,
                limit,
                effort,
                fusion == null ? null : fusion.toDraft(),
                minSimilarity,
                included,
                passages == null ? null : passages.toDraft(),
                budget == null ? null : budget.toDraft(),
                explain,
                degrade,
                rerank == null ? null : rerank.toDraft(),
                new VarietyDraft(
                        groupBy == null ? null : groupBy.toDraft(), diversity == null ? null : diversity.toDraft()),
                like == null && unlike == null
                        ? null
                        : new LikeDraft(ExampleRequest.toDrafts(like), ExampleRequest.toDrafts(unlike)),
                FacetRequest.toDrafts(facets),
                page(from),
                minSequence(sequence));
    }

    private static long minSequence(@Nullable String header) {
        if (header == null) {
            return 0;
        }
        if (!header.matches("[0-9]{1,18}")) {
            throw new Refusal.Malformed(
                    "header.tandem_sequence",
                    "",
                    WriteAnswers.HEADER + " must be a whole number from the answer to a write.");
        }
        return Long.parseLong(header);
    }
}
