package dev.tandem.api.byfilter;

import dev.tandem.api.access.Author;
import dev.tandem.api.json.PatchReader;
import dev.tandem.factory.job.ByFilterDraft;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The request to change all documents that a filter matches by a merge patch.
 *
 * @param patch as for one document, without a key
 */
@Schema(
        requiredProperties = {"filter", "patch"},
        examples = """
{"filter": {"tags": "drink"}, "patch": {"metadata": {"year": 2025, "draft": null}}, "dryRun": false, "maxAffected": 1000}
""")
public record UpdateByFilterRequest(
        @Nullable Map<String, @Nullable Object> filter,
        @Schema(ref = "DocumentPatch") @Nullable Map<String, @Nullable Object> patch,

        @Nullable Boolean dryRun,
        @Nullable Long maxAffected) {

    /** @throws dev.tandem.domain.refusal.Refusal if the filter or the patch is not valid */
    ByFilterDraft toDraft(PatchReader patches, Author author) {
        return ByFilter.draft(filter, ByFilter.patch(patch, patches), maxAffected, author);
    }
}
