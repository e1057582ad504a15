package dev.tandem.api.search;

import dev.tandem.factory.search.SearchDraft.GroupByDraft;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** How many hits may have the same value in a field. */
@Schema(description = "Limits how many hits have the same value in a field of the metadata")
public record GroupByRequest(
        @Schema(description = "The path of the field, as in filters", required = true, maxLength = 1_024) @Nullable
        String field,

        @Schema(
                description = "How many hits may have the same value",
                minimum = "1",
                maximum = "100",
                defaultValue = "1")
        @Nullable
        Integer size) {

    GroupByDraft toDraft() {
        return new GroupByDraft(field, size);
    }
}
