package dev.tandem.domain.change;

import java.util.UUID;

/**
 * A change of a document's rows.
 *
 * @param txid the transaction that made the change
 * @param seq the change's own number
 * @param at when the transaction began, in microseconds since 1970
 */
public record Change(long txid, long seq, long at, UUID collectionId, UUID documentId, ChangeKind kind) {}
