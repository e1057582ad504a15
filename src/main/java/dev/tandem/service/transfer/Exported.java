package dev.tandem.service.transfer;

import dev.tandem.domain.document.Chunk;
import dev.tandem.domain.document.Document;
import java.util.List;

/**
 * An exported document.
 *
 * @param chunks its chunks with their vectors, in order; empty if they were not requested or do not exist
 * @param model the model that made them; none for an own vector
 */
public record Exported(Document document, List<Chunk> chunks, String model) {

    /** Whether the vector is the document's own. */
    public boolean hasOwnVector() {
        return document.embeddedVersion() == null && !chunks.isEmpty();
    }

    /** Whether the collection's model made the chunks from the present text. */
    public boolean isEmbedded() {
        return document.isEmbedded();
    }
}
