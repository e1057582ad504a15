package dev.tandem.domain.document;

import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.refusal.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * The rules for own vectors that depend on the document that a write finds. They prevent a write that does not mention the vector from
 * losing it silently.
 */
public final class OwnVectorRules {

    private OwnVectorRules() {}

    /**
     * What these rules need to know about the stored document.
     *
     * @param text the hash of its title and content
     * @param hasOwnVector whether it has an own vector
     */
    public record Present(ContentHash text, boolean hasOwnVector) {

        public static Present of(DocumentState current) {
            return new Present(current.document().contentHash(), current.vector() != null);
        }
    }

    /**
     * Checks a write against the stored document.
     *
     * @param present null if the write adds the document
     * @throws Refusal.Rejected with {@code document.empty} if the document would have neither text nor a vector; with
     *     {@code document.vector.outdated} if the write changes the text of a document with an own vector, does not mention the vector, and
     *     no model can make one from the new text
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
                    "The text changes, but the document has an own vector for the old text. Send the vector of the new text, or null for"
                            + " none.");
        }
    }
}
