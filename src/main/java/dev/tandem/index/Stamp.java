package dev.tandem.index;

import java.util.Comparator;
import java.util.UUID;

/**
 * The state of a document in an index.
 *
 * @param id the document's id
 * @param value equal for equal states: see {@link IndexEntry#stamp()}
 */
public record Stamp(UUID id, long value) {

    /** The order of ids in PostgreSQL and in an index: byte by byte, unsigned. */
    public static final Comparator<UUID> ORDER = (one, other) -> {
        int high = Long.compareUnsigned(one.getMostSignificantBits(), other.getMostSignificantBits());
        return high != 0 ? high : Long.compareUnsigned(one.getLeastSignificantBits(), other.getLeastSignificantBits());
    };
}
