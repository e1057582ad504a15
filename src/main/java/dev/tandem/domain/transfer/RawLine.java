package dev.tandem.domain.transfer;

import java.util.List;

/**
 * A line of an import as it came, unread.
 *
 * @param number from 1; lines of nothing but white space have none
 * @param octets what there was of it, without its end
 * @param isWhole false if it is longer than allowed: what follows the octets was thrown away
 */
@SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
public record RawLine(long number, byte[] octets, boolean isWhole) {

    /** How many octets lines have in all. */
    public static long size(List<RawLine> lines) {
        return lines.stream().mapToLong(line -> line.octets.length).sum();
    }
}
