package dev.tandem.domain.document;

import dev.tandem.domain.refusal.Noun;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The summary of one version of a document: when it was written, by whom, and what it changed.
 *
 * @param author null if the client named no author
 * @param changed what differs from the version before; null if that one isn't kept or this is the first
 * @param deletion null unless this is the last version of a deleted document
 * @param expiredAt null unless this is the last version of a document that has expired
 */
public record Revision(
        long version,
        Instant writtenAt,
        @Nullable String author,
        @Nullable List<ChangedPart> changed,
        @Nullable Deletion deletion,
        @Nullable Instant expiredAt) {

    public static final Noun NOUN = new Noun("revision", "There is no version %s of this document, or it is not kept.");

    /** The parts of a document that a change can affect. */
    public enum ChangedPart {
        TITLE,
        CONTENT,
        METADATA,
        VECTOR,
        /** When the document expires. */
        EXPIRY
    }

    /** When and by whom a document was deleted. */
    public record Deletion(Instant at, @Nullable String author) {}
}
