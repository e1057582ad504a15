package dev.tandem.domain.document;

import dev.tandem.domain.embedding.Vector;
import java.util.UUID;

/**
 * A passage of a document's content and the vector that stands for it.
 *
 * @param ordinal 0 for a document's first passage
 * @param start where the passage begins in the content, in UTF-16 units
 * @param end where it ends, exclusive; equal to {@code start} where the document has no content
 */
public record Chunk(UUID documentId, int ordinal, int start, int end, Vector vector) {

    /** The same passage of another document that says the same. */
    public Chunk of(UUID otherDocumentId) {
        return new Chunk(otherDocumentId, ordinal, start, end, vector);
    }

    /** The passage that a caller's vector stands for: all of the content. */
    public static Chunk whole(Document document, Vector vector) {
        int length = document.content() == null ? 0 : document.content().length();
        return new Chunk(document.id(), 0, 0, length, vector);
    }
}
