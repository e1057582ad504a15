package dev.tandem.domain.document;

import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.refusal.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * The rules about a caller's own vector that depend on the document which a write meets. They keep a write that does not mention the
 * vector from losing it silently.
 */
public final class OwnVectorRules {

    private OwnVectorRules() {}

    /**
     * What these rules need to know of a document that is written over.
     *
     * @param text the hash of its title and content
     * @param hasOwnVector whether its vector is one that a caller brought
     */
    public record Present(ContentHash text, boolean hasOwnVector) {

        public static Present of(DocumentState current) {
            return new Present(current.document().contentHash(), current.vector() != null);
        }
    }

    /**
     * Checks a write against the document that it meets.
     *
     * @param present null where the write adds the document
     * @throws Refusal.Rejected with {@code document.empty} where the document would have neither text nor a vector, and with
     *     {@code document.vector.outdated} where the write changes the text of a document with an own vector, says nothing of the
     *     vector, and no model can make one of the new text
     */
    public static void check(Collection collection, @Nullable Present present, DocumentState wanted) {
        if (!wanted.keepsVector()) {
            return;
        }
        if (present == null || !present.hasOwnVector()) {
            if (wanted.isEmpty()) {
                throw new Refusal.Rejected(
                        "", "document.empty", "A document has at least one of title, content and vector.");
            }
            return;
        }
        boolean isSameText = present.text().equals(wanted.document().contentHash());
        if (!isSameText && !wanted.document().isEmbeddableBy(collection.embedding())) {
            throw new Refusal.Rejected(
                    "/vector",
                    "document.vector.outdated",
                    "The text changes, and the document has a vector of the old one. Send the vector of the new text, or null for"
                            + " none.");
        }
    }
}
