package dev.tandem.service.document;

import java.util.List;

/**
 * What there is of the documents that a client has named by key.
 *
 * @param found in the order of their keys
 * @param missing the keys that no document has
 * @param remaining the keys of documents that are there and would make one answer too large
 */
public record Fetched(List<StoredDocument> found, List<String> missing, List<String> remaining) {}
