package dev.tandem.factory.document;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** When a document expires, as far as a draft says it; not checked yet. */
public sealed interface ExpiryDraft {

    ExpiryDraft UNSAID = new Unsaid();

    /** The client does not mention it: the collection's time to live decides. */
    record Unsaid() implements ExpiryDraft {}

    /**
     * The client says it.
     *
     * @param at as in RFC 3339; null if the document never expires
     */
    record Said(@Nullable String at) implements ExpiryDraft {}

    /** It stays as it is. */
    record Kept(@Nullable Instant at) implements ExpiryDraft {}

    /** An earlier version had it. If that time is over, the collection's time to live decides. */
    record Restored(@Nullable Instant at) implements ExpiryDraft {}
}
