package dev.tandem.service.transfer;

import dev.tandem.domain.document.Chunk;
import dev.tandem.domain.document.Document;
import java.util.List;

/**
 * A document on its way out.
 *
 * @param chunks its chunks with their vectors, in order; empty where nobody asked for them or there are none
 * @param model the model that made them; where a caller brought the vector, none
 */
public record Exported(Document document, List<Chunk> chunks, String model) {

    /** Whether the vector is one that a caller brought. */
    public boolean hasOwnVector() {
        return document.embeddedVersion() == null && !chunks.isEmpty();
    }

    /** Whether the chunks are what the collection's model made of the text as it is. */
    public boolean isEmbedded() {
        return document.isEmbedded();
    }
}
