package dev.tandem.domain.document;

import dev.tandem.domain.collection.Collection;
import java.util.Objects;

/** What becomes of a document's vectors when it is written. Only a new text, or a vector brought along, moves them. */
public enum VectorPlan {
    /** They stay, or are on their way already. */
    KEEP,
    /** The one brought along takes their place. */
    BRING,
    /** Those of an earlier text, if there are any, serve until the collection's model has made new ones. */
    EMBED,
    /** They go at once, and the collection's model makes new ones. */
    EMBED_ANEW,
    /** They go, and those take their place that the collection's model has made of this text before. */
    RESTORE,
    /** They go. */
    DROP;

    /** For a document that is new. */
    public static VectorPlan first(Collection collection, DocumentState submission) {
        if (submission.vector() != null) {
            return BRING;
        }
        if (submission.passages() != null) {
            return RESTORE;
        }
        return submission.document().isEmbeddableBy(collection.embedding()) ? EMBED : KEEP;
    }

    /**
     * For a document that is replaced. {@link OwnVectorRules} must have let the replacement pass.
     *
     * @param current with the vector that a caller brought, if one did
     */
    public static VectorPlan next(Collection collection, DocumentState current, DocumentState replacement) {
        boolean newText = !current.document().hasTextOf(replacement.document());
        if (replacement.vector() != null) {
            // The passage that a caller's vector stands for is all of the text, so it changes with it.
            return newText || !Objects.equals(replacement.vector(), current.vector()) ? BRING : KEEP;
        }
        if (replacement.passages() != null) {
            boolean keepsOwn = current.vector() != null && replacement.keepsVector();
            boolean madeAlready = current.document().isEmbedded();
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
