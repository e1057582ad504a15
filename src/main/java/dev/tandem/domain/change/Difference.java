package dev.tandem.domain.change;

import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A document whose row and what is derived from it are not in step.
 *
 * @param id the document's
 * @param key the document's; null where no row has it
 */
public record Difference(UUID id, @Nullable String key, Kind kind) {

    /** What is wrong. */
    public enum Kind {
        /** The row has no entry in the index. */
        MISSING,
        /** The index has an earlier version, or other passages or vectors. */
        STALE,
        /** The index has an entry that has no row. */
        ORPHANED,
        /** The row has a text that the collection's model should have embedded, but no vectors, and nothing is going to make them. */
        UNEMBEDDED;

        /** Its name in answers and metrics. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Whether it is about the index, and reading the row again puts it right. */
        public boolean isOfIndex() {
            return this != UNEMBEDDED;
        }
    }
}
