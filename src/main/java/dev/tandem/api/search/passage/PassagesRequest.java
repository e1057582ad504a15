package dev.tandem.api.search.passage;

import dev.tandem.factory.search.SearchDraft;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Which passages hits have. */
@Schema(
        name = "PassagesRequest",
        description = "The best chunks of each hit, with their neighbours; those that touch are one passage")
public record PassagesRequest(
        @Schema(
                description = "How many chunks of a document are chosen, at most",
                minimum = "1",
                maximum = "10",
                defaultValue = "1")
        @Nullable
        Integer perDocument,

        @Schema(
                description = "How many neighbours on each side come with a chosen chunk",
                minimum = "0",
                maximum = "5",
                defaultValue = "0")
        @Nullable
        Integer around) {

    /** As it came, not checked yet. */
    public SearchDraft.PassagesDraft toDraft() {
        return new SearchDraft.PassagesDraft(perDocument, around);
    }
}
