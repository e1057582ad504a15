package dev.tandem.api.byfilter;

import dev.tandem.api.http.Author;
import dev.tandem.factory.job.ByFilterDraft;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The request to delete all documents that a filter matches. */
@Schema(examples = """
{"filter": {"year": {"$lt": 2000}}, "dryRun": false, "maxAffected": 1000}
""")
public record DeleteByFilterRequest(
        @Nullable Map<String, @Nullable Object> filter,
        @Nullable Boolean dryRun,
        @Nullable Long maxAffected) {

    /** @throws dev.tandem.domain.refusal.Refusal.Malformed if the filter is not valid */
    ByFilterDraft toDraft(Author author) {
        return ByFilter.draft(filter, null, maxAffected, author);
    }
}
