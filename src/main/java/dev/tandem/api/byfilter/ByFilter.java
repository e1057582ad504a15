package dev.tandem.api.byfilter;

import dev.tandem.api.document.DocumentRequest;
import dev.tandem.api.http.Author;
import dev.tandem.api.json.PatchReader;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.domain.refusal.Violation;
import dev.tandem.factory.document.DocumentPatch;
import dev.tandem.factory.job.ByFilterDraft;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what is to be done with all documents that a filter matches. */
final class ByFilter {

    private ByFilter() {}

    /** Everything is meant only where it is said: {@code {}}. */
    static ByFilterDraft draft(
            @Nullable Map<String, @Nullable Object> filter,
            @Nullable DocumentPatch patch,
            @Nullable Long maxAffected,
            Author author) {
        if (filter == null) {
            throw new Refusal.Malformed(
                    "filter.missing", "/filter", "There is no filter. One that matches every document is {}.");
        }
        if (maxAffected != null && maxAffected < 0) {
            throw new Refusal.Malformed("parameter.max_affected", "/maxAffected", "maxAffected is not negative.");
        }
        return new ByFilterDraft(filter, patch, maxAffected, author.name());
    }

    /** What no document could have is refused here; what each document makes of the rest, its rules say. */
    static DocumentPatch patch(@Nullable Map<String, @Nullable Object> members, PatchReader patches) {
        if (members == null) {
            throw new Refusal.Malformed("patch.missing", "/patch", "There is no patch.");
        }
        if (members.get("key") != null) {
            throw new Refusal.Rejected("/patch/key", "document.key.immutable", "A document keeps its key.");
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
