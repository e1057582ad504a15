package dev.tandem.api.search;

import dev.tandem.factory.search.SearchDraft;
import dev.tandem.factory.search.SearchFactory;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** How two lists of hits become one. */
@Schema(name = "FusionRequest", description = "How two lists of hits become one")
public record FusionRequest(
        @Schema(
                implementation = SearchFactory.FusionType.class,
                description =
                        "standard adds scores in standard deviations, relative adds scores from 0 to 1, rrf adds 1 / (k + rank)",
                defaultValue = "standard")
        @Nullable
        String type,

        @Schema(minimum = "0", maximum = "1", defaultValue = "0.5") @Nullable
        Double keywordWeight,

        @Schema(minimum = "0", maximum = "1", defaultValue = "0.5") @Nullable
        Double vectorWeight,

        @Schema(description = "For rrf", minimum = "1", maximum = "10000", defaultValue = "60") @Nullable
        Integer k) {

    SearchDraft.FusionDraft toDraft() {
        return new SearchDraft.FusionDraft(type, keywordWeight, vectorWeight, k);
    }
}
