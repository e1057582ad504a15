package dev.tandem.domain.document;

import dev.tandem.domain.collection.Collection;
import java.util.Locale;

/** Whether a document can be found by what it means. */
public enum EmbeddingState {
    /** Its vectors stand for its present text, whether a model made them or a caller brought them. */
    CURRENT,
    /** A model will make vectors of its present text. Until then, those of an earlier text may serve. */
    PENDING,
    /** It has no vectors, and none are to come. */
    NONE;

    /** The state of a document. */
    public static EmbeddingState of(Collection collection, Document document, boolean hasOwnVector) {
        if (hasOwnVector || document.isEmbedded()) {
            return CURRENT;
        }
        return document.isEmbeddableBy(collection.embedding()) ? PENDING : NONE;
    }

    /** The word that callers read. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
