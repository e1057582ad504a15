package dev.tandem.api.search;

import dev.tandem.factory.search.SearchDraft.DiversityDraft;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** That hits which are like better ones give way to others. */
@Schema(
        description =
                "Lets hits that are like better ones give way to others, by maximal marginal relevance over the best hits; the others follow")
public record DiversityRequest(
        @Schema(
                description = "1 counts only relevance, 0 only the difference from the hits before",
                minimum = "0",
                maximum = "1",
                defaultValue = "0.5")
        @Nullable
        Double lambda,

        @Schema(
                description = "How many of the best hits take part",
                minimum = "1",
                maximum = "200",
                defaultValue = "100")
        @Nullable
        Integer top) {

    DiversityDraft toDraft() {
        return new DiversityDraft(lambda, top);
    }
}
