package dev.tandem.api.search;

import dev.tandem.factory.search.SearchDraft;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The body of a batch of searches. */
@Schema(examples = """
                {"searches": [{"query": "how is tea made"}, {"query": "coffee", "mode": "keyword", "limit": 3}]}
                """)
public record SearchBatchRequest(
        @Schema(description = "1 to 64 searches", minItems = 1, maxItems = 64) @Nullable
        List<SearchRequest> searches) {

    /** @param sequence the header, for each of the searches; null if there is none */
    List<SearchDraft> toDrafts(@Nullable String sequence) {
        return searches == null
                ? List.of()
                : searches.stream().map(search -> search.toDraft(sequence)).toList();
    }
}
