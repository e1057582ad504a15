package dev.tandem.domain.embedding;

import java.util.UUID;

/**
 * A document whose text is to be embedded for the sets of its collection.
 *
 * @param version the document's version that introduced the text; a newer text has a newer task
 */
public record WantedVectors(UUID documentId, UUID collectionId, long version) {}
