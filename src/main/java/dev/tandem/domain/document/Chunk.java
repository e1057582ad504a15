package dev.tandem.domain.document;

import dev.tandem.domain.embedding.Vector;
import java.util.UUID;

/**
 * A piece of a document's content, with its vector.
 *
 * @param ordinal 0 for a document's first chunk
 * @param start where the chunk begins in the content, in UTF-16 units
 * @param end where it ends, exclusive; equal to {@code start} if the document has no content
 */
public record Chunk(UUID documentId, int ordinal, int start, int end, Vector vector) {

    /** The same chunk of another document with the same text. */
    public Chunk of(UUID otherDocumentId) {
        return new Chunk(otherDocumentId, ordinal, start, end, vector);
    }

    /** The chunk of an own vector: it covers all of the content. */
    public static Chunk whole(Document document, Vector vector) {
        int length = document.content() == null ? 0 : document.content().length();
        return new Chunk(document.id(), 0, 0, length, vector);
    }
}
