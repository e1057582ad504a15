package dev.tandem.domain.document;

import dev.tandem.domain.refusal.Noun;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is told of a version of a document: when it was written, by whom, and what it changed.
 *
 * @param author null where nobody said
 * @param changed what is different from the version before; null where that one isn't kept, or there is none
 * @param deletion null unless this is the last version of a document that has been deleted
 */
public record Revision(
        long version,
        Instant writtenAt,
        @Nullable String author,
        @Nullable List<ChangedPart> changed,
        @Nullable Deletion deletion) {

    public static final Noun NOUN = new Noun("revision", "There is no version %s of this document, or it is not kept.");

    /** The end of a document. */
    public record Deletion(Instant at, @Nullable String author) {}
}
