package dev.tandem.api.search.passage;

import dev.tandem.factory.search.SearchDraft;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** How much the answer may be. */
@Schema(
        name = "BudgetRequest",
        description = "How many tokens the passages of the answer may have, with the titles where those are included")
public record BudgetRequest(
        @Schema(minimum = "1", maximum = "1000000", required = true) @Nullable
        Integer tokens) {

    /** As it came, not checked yet. */
    public SearchDraft.BudgetDraft toDraft() {
        return new SearchDraft.BudgetDraft(tokens);
    }
}
