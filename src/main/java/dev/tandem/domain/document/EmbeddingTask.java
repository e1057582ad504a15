package dev.tandem.domain.document;

import java.util.UUID;

/**
 * A document whose text has no vectors yet.
 *
 * @param version the document's version at which the text became what it is; a newer text has a newer task
 * @param attempts how often it has been tried
 */
public record EmbeddingTask(UUID documentId, UUID collectionId, long version, int attempts) {

    /** The task, tried once more. */
    public EmbeddingTask tried() {
        return new EmbeddingTask(documentId, collectionId, version, attempts + 1);
    }
}
