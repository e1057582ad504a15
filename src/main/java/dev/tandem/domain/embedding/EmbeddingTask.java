package dev.tandem.domain.embedding;

import java.util.UUID;

/**
 * A document whose text has no vectors yet, or whose vectors are to be made again.
 *
 * @param version the document's version at which the text became what it is; a newer text has a newer task
 * @param attempts how often it has been tried
 */
public record EmbeddingTask(UUID documentId, UUID collectionId, long version, int attempts) {}
