package dev.tandem.index;

import java.util.Locale;

/** How an index fares on this replica. */
public enum IndexHealth {
    /** It follows the rows. */
    OK,
    /** Its disk fails. Searches see what it showed before, or are refused where it isn't open. */
    DEGRADED,
    /** It is being built from the rows, for the first time or again. */
    BUILDING;

    /** Its name in answers. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
