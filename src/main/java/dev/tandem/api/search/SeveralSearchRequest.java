package dev.tandem.api.search;

import dev.tandem.api.search.passage.BudgetRequest;
import dev.tandem.api.search.passage.PassagesRequest;
import dev.tandem.domain.search.SearchMode;
import dev.tandem.domain.search.SearchQuery;
import dev.tandem.factory.search.SearchDraft;
import dev.tandem.factory.search.SearchFactory;
import dev.tandem.factory.search.SearchedCollections;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The body of a search of several collections: which ones, and what a {@link SearchRequest} asks of each. */
@Schema(examples = """
                {"collections": ["articles", "manuals"], "query": "how is tea made", "limit": 5, "include": ["chunk"]}
                """)
@SuppressWarnings("ArrayRecordComponent") // read from JSON and passed on, never compared
public record SeveralSearchRequest(
        @Schema(description = "Their names, each once", minItems = 1, maxItems = SearchedCollections.MOST) @Nullable
        List<@Nullable String> collections,

        @Schema(description = "What to look for; a search has a query, a vector, or both", maxLength = 10_000) @Nullable
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

        @Schema(description = "Of the model of all the collections")
        float @Nullable [] vector,

        @Schema(
                implementation = SearchMode.class,
                description =
                        "Which searches decide; by default, in each collection, all that it and the request allow")
        @Nullable
        String mode,

        @Schema(description = "For the documents of each collection") @Nullable
        Map<String, @Nullable Object> filter,

        @Schema(description = "Of hits from all collections", minimum = "1", maximum = "1000", defaultValue = "10")
        @Nullable
        Integer limit,

        @Schema(
                description =
                        "How many of the nearest the vector search keeps in sight in each collection: more finds more of them, and takes longer",
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
                        "Lets a hybrid search answer with the keyword hits of a collection alone while its vector search is away, and any search in its own order while the reranker is",
                defaultValue = "false")
        @Nullable
        Boolean degrade,

        SearchRequest.@Nullable Rerank rerank) {

    /** @param sequence the header, for each of the collections; null if there is none */
    SearchDraft toDraft(@Nullable String sequence) {
        return new SearchRequest(
                        query,
                        syntax,
                        fuzzy,
                        prefix,
                        vector,
                        mode,
                        filter,
                        limit,
                        effort,
                        fusion,
                        minSimilarity,
                        include,
                        passages,
                        budget,
                        explain,
                        degrade,
                        rerank,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null)
                .toDraft(sequence);
    }
}
