package dev.tandem.domain.collection;

import dev.tandem.domain.metadata.FieldPath;

/**
 * A declared index of a collection, which keeps the order of its documents by a field of the metadata.
 *
 * @param isReady whether it has all documents, so that lists use it
 * @param done of how many documents that were there before it has been made so far
 */
public record MetadataIndex(FieldPath path, boolean isReady, long done) {}
