package dev.tandem.factory.document;

import dev.tandem.domain.collection.TimeToLive;
import dev.tandem.domain.metadata.Dates;
import dev.tandem.domain.refusal.Violations;
import dev.tandem.factory.document.ExpiryDraft.Kept;
import dev.tandem.factory.document.ExpiryDraft.Restored;
import dev.tandem.factory.document.ExpiryDraft.Said;
import dev.tandem.factory.document.ExpiryDraft.Unsaid;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a document's expiry must be. */
final class ExpiryRules {

    /** RFC 3339 has no later year. */
    private static final Instant END = Instant.parse("9999-12-31T23:59:59.999999Z");

    private ExpiryRules() {}

    /**
     * When the document expires; null if it never does. Adds {@code document.expires_at} if the client says a time that is over, or none at
     * all.
     *
     * @param usual of the collection; null if its documents do not expire by themselves
     */
    static @Nullable Instant check(
            ExpiryDraft draft, @Nullable TimeToLive usual, Instant now, String pointer, Violations violations) {
        return switch (draft) {
            case Unsaid unsaid -> usual(usual, now);
            case Said said -> {
                Instant at = read(said.at(), pointer, violations);
                if (at != null && !at.isAfter(now)) {
                    refuse(pointer, violations);
                }
                yield at;
            }
            case Kept kept -> kept.at();
            case Restored restored ->
                restored.at() == null || restored.at().isAfter(now) ? restored.at() : usual(usual, now);
        };
    }

    /** The time that a text writes; null if it is null. Adds {@code document.expires_at} if it is no time. */
    static @Nullable Instant read(@Nullable String text, String pointer, Violations violations) {
        Instant at = text == null ? null : Dates.parse(text);
        if (text != null && (at == null || at.isAfter(END))) {
            refuse(pointer, violations);
            return null;
        }
        return at;
    }

    private static void refuse(String pointer, Violations violations) {
        violations.add(
                pointer,
                "document.expires_at",
                "A document expires in the future, at a time such as 2030-01-01T00:00:00Z, or never: null.");
    }

    private static @Nullable Instant usual(@Nullable TimeToLive usual, Instant now) {
        return usual == null ? null : usual.from(now);
    }
}
