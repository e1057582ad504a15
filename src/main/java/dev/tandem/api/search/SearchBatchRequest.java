package dev.tandem.api.search;

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

    /** The name of the list. */
    static final String LIST = "searches";
}
