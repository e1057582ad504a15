package dev.tandem.index;

import java.util.Locale;

/** The health of an index on this replica. */
public enum IndexHealth {
    /** It follows the rows. */
    OK,
    /** Its disk fails. Searches see the last visible state; if the index is not open, they are refused. */
    DEGRADED,
    /** It is being built from the rows, for the first time or again. */
    BUILDING;

    /** Its name in answers. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
