package dev.tandem.domain.embedding;

import java.util.UUID;

/**
 * A document whose text has no vectors yet, or whose vectors are to be made again.
 *
 * @param version the document's version that introduced the text; a newer text has a newer task
 * @param attempts how many attempts have been made
 */
public record EmbeddingTask(UUID documentId, UUID collectionId, long version, int attempts) {}
