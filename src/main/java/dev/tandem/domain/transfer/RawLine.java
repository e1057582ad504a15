package dev.tandem.domain.transfer;

import java.util.List;

/**
 * A line of an import as it arrived, not parsed yet.
 *
 * @param number from 1; blank lines are not counted
 * @param octets the line without its line break
 * @param isWhole false if it is longer than allowed: then the octets are only its beginning
 */
@SuppressWarnings("ArrayRecordComponent") // passed on once, never compared
public record RawLine(long number, byte[] octets, boolean isWhole) {

    /** How many octets the lines have in all. */
    public static long size(List<RawLine> lines) {
        return lines.stream().mapToLong(line -> line.octets.length).sum();
    }
}
