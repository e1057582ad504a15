package dev.tandem.api.byfilter;

import dev.tandem.api.http.Author;
import dev.tandem.api.json.PatchReader;
import dev.tandem.factory.job.ByFilterDraft;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The body that asks for all documents that a filter matches to be changed by a merge patch.
 *
 * @param patch as for one document, without its key
 */
@Schema(examples = """
{"filter": {"tags": "drink"}, "patch": {"metadata": {"year": 2025, "draft": null}}, "dryRun": false, "maxAffected": 1000}
""")
public record UpdateByFilterRequest(
        @Nullable Map<String, @Nullable Object> filter,
        @Nullable Map<String, @Nullable Object> patch,
        @Nullable Boolean dryRun,
        @Nullable Long maxAffected) {

    /** @throws dev.tandem.domain.refusal.Refusal if it is none */
    ByFilterDraft toDraft(PatchReader patches, Author author) {
        return ByFilter.draft(filter, ByFilter.patch(patch, patches), maxAffected, author);
    }
}
