package dev.tandem.service.projection;

import java.util.UUID;

/**
 * A record that was written.
 *
 * @param collectionId the collection of its document
 * @param sequence a search that waits for this sequence shows the record as it is now; 0 if there is nothing new to show
 */
public record Shown<T>(T record, UUID collectionId, long sequence) {}
