package dev.tandem.domain.transfer;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A line of an import, not parsed yet.
 *
 * @param number by which the client finds it, from 1: of JSON the lines that are not blank are counted, of CSV those of the file
 * @param octets JSON without a line break behind it
 * @param isWhole false if it is longer than allowed: then the octets are only its beginning
 * @param flaw why it could not be made JSON: then the octets are only as much of it as tells its key; null if it could
 */
@SuppressWarnings("ArrayRecordComponent") // passed on once, never compared
public record RawLine(
        long number,
        byte[] octets,
        boolean isWhole,
        @Nullable Flaw flaw) {

    /**
     * What is wrong with a line that arrived in another format.
     *
     * @param pointer to the field that is concerned, or empty
     */
    public record Flaw(String pointer, String code, String detail) {}

    /** A line that arrived as JSON. */
    public RawLine(long number, byte[] octets, boolean isWhole) {
        this(number, octets, isWhole, null);
    }

    /** How many octets the lines have in all. */
    public static long size(List<RawLine> lines) {
        return lines.stream().mapToLong(line -> line.octets.length).sum();
    }
}
