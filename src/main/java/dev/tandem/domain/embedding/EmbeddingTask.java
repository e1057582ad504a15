package dev.tandem.domain.embedding;

import java.util.UUID;

/**
 * A document whose text has no vectors in a set yet, or whose vectors are to be made again.
 *
 * @param vectorSet the number of the set
 * @param version the document's version that introduced the text; a newer text has a newer task
 * @param attempts how many attempts have been made
 */
public record EmbeddingTask(UUID documentId, int vectorSet, UUID collectionId, long version, int attempts) {}
