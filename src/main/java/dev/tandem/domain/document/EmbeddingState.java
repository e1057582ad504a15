package dev.tandem.domain.document;

import dev.tandem.domain.collection.Collection;
import java.util.Locale;

/** Whether vector searches can find a document. */
public enum EmbeddingState {
    /** Its vectors match its present text. They were made by a model or sent by a client. */
    CURRENT,
    /** A model will make vectors from its present text. Until then, searches may use those of an earlier text. */
    PENDING,
    /** It has no vectors and will not get any. */
    NONE;

    /** The state of a document. */
    public static EmbeddingState of(Collection collection, Document document, boolean hasOwnVector) {
        if (hasOwnVector || document.isEmbedded(collection.searched())) {
            return CURRENT;
        }
        return document.isEmbeddableBy(collection.embedding()) ? PENDING : NONE;
    }

    /** The word for clients. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
