package dev.tandem.domain.document;

import dev.tandem.domain.embedding.Vector;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A document with what is known of its vectors: as a caller wants it to be, as its row is, or as it was in an earlier version.
 *
 * @param vector the one that a caller brought; null where none did
 * @param keepsVector whether nothing is said of a vector, so that the document keeps its own as long as its text stays the same
 * @param passages what the collection's model has made of the text before, elsewhere or earlier; null where it is still to be made
 */
public record DocumentState(
        Document document,
        @Nullable Vector vector,
        boolean keepsVector,
        @Nullable List<Chunk> passages) {

    /** A document with this vector of its own, or explicitly without one. */
    public DocumentState(Document document, @Nullable Vector vector) {
        this(document, vector, false, null);
    }

    /** A document of which nothing is said but its text and its metadata. */
    public static DocumentState keepingVector(Document document) {
        return new DocumentState(document, null, true, null);
    }

    /** A document with what a model has made of its text. */
    public static DocumentState embedded(Document document, List<Chunk> passages, boolean keepsVector) {
        return new DocumentState(document, null, keepsVector, passages);
    }

    /** The same for another state of the document. */
    public DocumentState of(Document other) {
        return new DocumentState(other, vector, keepsVector, passages);
    }

    /** Whether it brings nothing that could be searched: no title, no content and no vector. */
    public boolean isEmpty() {
        return document.title() == null && document.content() == null && vector == null;
    }
}
