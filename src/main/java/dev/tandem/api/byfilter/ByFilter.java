package dev.tandem.api.byfilter;

import dev.tandem.api.access.Author;
import dev.tandem.api.document.DocumentRequest;
import dev.tandem.api.json.PatchReader;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.domain.refusal.Violation;
import dev.tandem.factory.document.DocumentPatch;
import dev.tandem.factory.job.ByFilterDraft;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the bodies of changes by filter. */
final class ByFilter {

    private ByFilter() {}

    /** To match every document, a client must send {@code {}} explicitly. */
    static ByFilterDraft draft(
            @Nullable Map<String, @Nullable Object> filter,
            @Nullable DocumentPatch patch,
            @Nullable Long maxAffected,
            Author author) {
        if (filter == null) {
            throw new Refusal.Malformed(
                    "filter.missing", "/filter", "The filter is missing. To match every document, send {}.");
        }
        return new ByFilterDraft(filter, patch, maxAffected(maxAffected), author.name());
    }

    /** The limit, if it is one. */
    static @Nullable Long maxAffected(@Nullable Long maxAffected) {
        if (maxAffected != null && maxAffected < 0) {
            throw new Refusal.Malformed("parameter.max_affected", "/maxAffected", "maxAffected must not be negative.");
        }
        return maxAffected;
    }

    /** Refuses values that no document could have. Whether a document may have the others is checked by its own rules. */
    static DocumentPatch patch(@Nullable Map<String, @Nullable Object> members, PatchReader patches) {
        if (members == null) {
            throw new Refusal.Malformed("patch.missing", "/patch", "The patch is missing.");
        }
        if (members.get("key") != null) {
            throw new Refusal.Rejected("/patch/key", "document.key.immutable", "A document's key cannot be changed.");
        }
        try {
            patches.check(members, DocumentRequest.class);
        } catch (Refusal.Malformed refusal) {
            Violation violation = refusal.violations().getFirst();
            throw new Refusal.Malformed(violation.code(), "/patch" + violation.pointer(), violation.message());
        }
        return DocumentPatch.create(members, "/patch");
    }
}
