package dev.tandem.domain.change;

import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A document whose row disagrees with the data derived from it.
 *
 * @param id the document's id
 * @param key the document's key; null if no row has this id
 */
public record Difference(UUID id, @Nullable String key, Kind kind) {

    /** What is wrong. */
    public enum Kind {
        /** The row has no entry in the index. */
        MISSING,
        /** The index has another version, or other chunks or vectors. */
        STALE,
        /** The index has an entry without a row. */
        ORPHANED,
        /** The row has a text that the collection's model should have embedded, but it has no vectors, and no task will make them. */
        UNEMBEDDED;

        /** Its name in answers and metrics. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Whether the index is wrong, so that reading the row again repairs it. */
        public boolean isOfIndex() {
            return this != UNEMBEDDED;
        }
    }
}
