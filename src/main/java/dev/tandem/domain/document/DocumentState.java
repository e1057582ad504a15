package dev.tandem.domain.document;

import dev.tandem.domain.embedding.Vector;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A document with what is known of its vectors. It can be the state that a client wants, the state of the rows, or a revision.
 *
 * @param vector the own vector; null if there is none
 * @param keepsVector whether a vector is not mentioned, so that the document keeps its own as long as its text stays the same
 * @param chunks the chunks that the collection's model has already made from the text; null if they are still to be made
 */
public record DocumentState(
        Document document,
        @Nullable Vector vector,
        boolean keepsVector,
        @Nullable List<Chunk> chunks) {

    /** A document with this own vector, or explicitly without one. */
    public DocumentState(Document document, @Nullable Vector vector) {
        this(document, vector, false, null);
    }

    /** A document for which only text and metadata are given. */
    public static DocumentState keepingVector(Document document) {
        return new DocumentState(document, null, true, null);
    }

    /** A document with the chunks that a model has made from its text. */
    public static DocumentState embedded(Document document, List<Chunk> chunks, boolean keepsVector) {
        return new DocumentState(document, null, keepsVector, chunks);
    }

    /** The same, for another state of the document. */
    public DocumentState of(Document other) {
        return new DocumentState(other, vector, keepsVector, chunks);
    }

    /** Whether it has nothing that could be searched: no title, no content and no vector. */
    public boolean isEmpty() {
        return document.title() == null && document.content() == null && vector == null;
    }
}
