package dev.tandem.domain.advice;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a field of the metadata has been used by statements that PostgreSQL answered.
 *
 * @param path as {@link dev.tandem.domain.metadata.FieldPath#toString} writes it
 * @param uses how many statements did each of these with it; a statement may do several
 * @param statements how many statements have used it
 * @param mean how long they took
 * @param p95 how long the 95th of a hundred of them took at most, rounded up
 */
public record FieldUsage(String path, Map<FieldUse, Long> uses, long statements, Duration mean, Duration p95) {

    /** So many statements tell more than that something was tried. */
    static final int OFTEN = 20;

    /** Longer than PostgreSQL takes for a page that it reads from an index. */
    static final Duration SLOW = Duration.ofMillis(100);

    /** What a client can do about slow statements. */
    public enum Advice {
        /** To declare an index of the field, from which PostgreSQL reads lists that are sorted by it alone. */
        DECLARE,

        /** To filter on a value of another field as well, which leaves fewer documents to be looked at. */
        NARROW
    }

    public FieldUsage {
        uses = Map.copyOf(uses);
    }

    /** How long all statements took together. */
    public Duration total() {
        return mean.multipliedBy(statements);
    }

    public long count(FieldUse use) {
        return uses.getOrDefault(use, 0L);
    }

    /**
     * Null if the field is used rarely, or if the statements are fast.
     *
     * @param canBeDeclared whether the field has no declared index, and the collection may have one more
     */
    public @Nullable Advice advice(boolean canBeDeclared) {
        if (statements < OFTEN || p95.compareTo(SLOW) <= 0) {
            return null;
        }
        return canBeDeclared && count(FieldUse.SORT) > 0 ? Advice.DECLARE : Advice.NARROW;
    }
}
