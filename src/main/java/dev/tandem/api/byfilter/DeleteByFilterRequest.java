package dev.tandem.api.byfilter;

import dev.tandem.api.access.Author;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.domain.refusal.Violations;
import dev.tandem.factory.document.KeyRules;
import dev.tandem.factory.job.ByFilterDraft;
import dev.tandem.factory.job.ByKeysDraft;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The request to delete all documents that a filter matches. */
@Schema(examples = """
{"filter": {"year": {"$lt": 2000}}, "dryRun": false, "maxAffected": 1000}
""")
public record DeleteByFilterRequest(
        @Nullable Map<String, @Nullable Object> filter,
        @Nullable List<String> keys,
        @Nullable Boolean dryRun,
        @Nullable Long maxAffected) {

    /**
     * Whether it names documents by key.
     *
     * @throws Refusal.Malformed if it has a filter too
     */
    boolean namesKeys() {
        if (filter != null && keys != null) {
            throw new Refusal.Malformed(
                    "keys.or_filter", "/keys", "A deletion is by keys or by a filter; this one has both.");
        }
        return keys != null;
    }

    /** @throws Refusal if the keys are none */
    ByKeysDraft toKeysDraft(Author author) {
        Violations violations = new Violations();
        List<String> distinct = KeyRules.distinct(keys, "/keys", violations);
        violations.rejectIfAny();
        return new ByKeysDraft(distinct, ByFilter.maxAffected(maxAffected), author.name());
    }

    /** @throws dev.tandem.domain.refusal.Refusal.Malformed if it is none */
    ByFilterDraft toDraft(Author author) {
        return ByFilter.draft(filter, null, maxAffected, author);
    }
}
