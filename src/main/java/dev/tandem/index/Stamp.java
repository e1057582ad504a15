package dev.tandem.index;

import java.util.Comparator;
import java.util.UUID;

/**
 * Which state of a document an index shows.
 *
 * @param id the document's
 * @param value equal for equal states: see {@link IndexEntry#stamp()}
 */
public record Stamp(UUID id, long value) {

    /** The order of ids as PostgreSQL has it, and an index: byte by byte, without signs. */
    public static final Comparator<UUID> ORDER = (one, other) -> {
        int high = Long.compareUnsigned(one.getMostSignificantBits(), other.getMostSignificantBits());
        return high != 0 ? high : Long.compareUnsigned(one.getLeastSignificantBits(), other.getLeastSignificantBits());
    };
}
