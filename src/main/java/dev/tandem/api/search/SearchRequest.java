package dev.tandem.api.search;

import dev.tandem.factory.search.SearchDraft;
import dev.tandem.factory.search.SearchDraft.FusionDraft;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The body of a search: a query, a vector, or both. */
@Schema(examples = """
                {"query": "how is tea made", "filter": {"year": {"$gte": 2020}}, "limit": 5, "include": ["document", "chunk", "highlights"]}
                """)
@SuppressWarnings("ArrayRecordComponent") // read from JSON and passed on, never compared
public record SearchRequest(
        @Nullable String query,
        @Nullable String syntax,
        float @Nullable [] vector,
        @Nullable String mode,
        @Nullable Map<String, @Nullable Object> filter,
        @Nullable Integer limit,
        @Nullable FusionDraft fusion,
        @Nullable Double minSimilarity,
        @Nullable List<String> include,
        @Nullable Boolean explain) {

    SearchDraft toDraft(long minSequence) {
        return new SearchDraft(
                query, syntax, vector, mode, filter, limit, fusion, minSimilarity, include, explain, minSequence);
    }
}
