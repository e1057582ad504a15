package dev.tandem.service.document;

import dev.tandem.domain.document.Document;
import dev.tandem.domain.document.EmbeddingState;
import java.util.Locale;

/**
 * The result of writing a document.
 *
 * @param created whether the document is new
 * @param embedding whether vector searches can find it
 * @param sequence a search or list that waits for this sequence shows the write; 0 if nothing was written
 */
public record Written(Document document, boolean created, EmbeddingState embedding, long sequence) {

    /** The possible effects of a write. */
    public enum Effect {
        CREATED,
        UPDATED,
        /** The document already had the wanted state. */
        UNCHANGED;

        /** The word for clients. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Effect effect() {
        if (created) {
            return Effect.CREATED;
        }
        return sequence == 0 ? Effect.UNCHANGED : Effect.UPDATED;
    }
}
