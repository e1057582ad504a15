package dev.tandem.domain.document;

import dev.tandem.domain.collection.Collection;
import java.util.Objects;

/** What a write does to a document's vectors. They change only if the write brings a new text or a vector. */
public enum VectorPlan {
    /** The vectors stay, or a task to make them already exists. */
    KEEP,
    /** The vector in the write replaces them. */
    BRING,
    /** The collection's model makes new vectors. Until then, searches use those of the earlier text, if there are any. */
    EMBED,
    /** The vectors are deleted at once, and the collection's model makes new ones. */
    EMBED_ANEW,
    /** The vectors are replaced by those that the collection's model has already made from this text. */
    RESTORE,
    /** The vectors are deleted. */
    DROP;

    /** The plan for a new document. */
    public static VectorPlan first(Collection collection, DocumentState submission) {
        if (submission.vector() != null) {
            return BRING;
        }
        if (submission.chunks() != null) {
            return RESTORE;
        }
        return submission.document().isEmbeddableBy(collection.embedding()) ? EMBED : KEEP;
    }

    /**
     * The plan for a document that is replaced. {@link OwnVectorRules} must have accepted the replacement.
     *
     * @param current with its own vector, if it has one
     */
    public static VectorPlan next(Collection collection, DocumentState current, DocumentState replacement) {
        boolean newText = !current.document().hasTextOf(replacement.document());
        if (replacement.vector() != null) {
            // The chunk of an own vector covers all of the text, so it changes with the text.
            return newText || !Objects.equals(replacement.vector(), current.vector()) ? BRING : KEEP;
        }
        if (replacement.chunks() != null) {
            boolean keepsOwn = current.vector() != null && replacement.keepsVector();
            boolean madeAlready = current.document().isEmbedded(collection.searched());
            return !newText && (keepsOwn || madeAlready) ? KEEP : RESTORE;
        }
        boolean takesBack = current.vector() != null && !replacement.keepsVector();
        if (!newText && !takesBack) {
            return KEEP;
        }
        if (!replacement.document().isEmbeddableBy(collection.embedding())) {
            return DROP;
        }
        return takesBack ? EMBED_ANEW : EMBED;
    }
}
