package dev.tandem.domain.document;

import dev.tandem.domain.embedding.EmbeddedVersions;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A version of a document.
 *
 * @param version starts at 1, or after the last one of the document that had the key before, and grows by one with each change
 * @param textVersion the version that introduced the present title and content
 * @param embedded the versions whose texts the models of the collection have embedded
 * @param author who wrote this version, as the client says; null if it named no author
 */
public record Versioning(
        long version,
        long textVersion,
        EmbeddedVersions embedded,
        Instant updatedAt,
        @Nullable String author) {

    /** The first version of a document. */
    public static Versioning first(Instant writtenAt, @Nullable String author) {
        return new Versioning(1, 1, EmbeddedVersions.NONE, writtenAt, author);
    }

    /** The version after {@code earlier}, with this one's time and author. */
    Versioning following(Versioning earlier, boolean hasSameText) {
        long next = earlier.version + 1;
        return new Versioning(next, hasSameText ? earlier.textVersion : next, earlier.embedded, updatedAt, author);
    }

    /** This version counted on by so many. */
    Versioning later(long by) {
        return new Versioning(version + by, textVersion + by, embedded.later(by), updatedAt, author);
    }

    Versioning with(EmbeddedVersions changed) {
        return new Versioning(version, textVersion, changed, updatedAt, author);
    }
}
