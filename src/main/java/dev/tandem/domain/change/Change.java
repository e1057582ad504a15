package dev.tandem.domain.change;

import java.util.UUID;

/**
 * Something that has happened to a document's rows.
 *
 * @param txid the transaction that did it
 * @param seq the change's own number
 * @param at when the transaction began, in microseconds since 1970
 */
public record Change(long txid, long seq, long at, UUID collectionId, UUID documentId, ChangeKind kind) {}
