package dev.tandem.service.document;

import dev.tandem.domain.document.Document;
import dev.tandem.domain.document.EmbeddingState;
import java.util.Locale;

/**
 * What a write did to a document.
 *
 * @param created whether the document is new
 * @param embedding whether it can be found by what it means
 * @param sequence a reader who has come this far sees the write; 0 where nothing had to be written
 */
public record Written(Document document, boolean created, EmbeddingState embedding, long sequence) {

    /** What a write can do. */
    public enum Effect {
        CREATED,
        UPDATED,
        /** The document was as it should be already. */
        UNCHANGED;

        /** As it is said to the world. */
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
