package dev.tandem.api.transfer;

/**
 * A line of an import as it came, unread.
 *
 * @param number from 1; lines of nothing but white space have none
 * @param octets what there was of it, without its end
 * @param isWhole false if it is longer than allowed: what follows the octets was thrown away
 */
@SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
record Piece(long number, byte[] octets, boolean isWhole) {}
