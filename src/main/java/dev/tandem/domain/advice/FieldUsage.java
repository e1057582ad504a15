package dev.tandem.domain.advice;

import dev.tandem.domain.metadata.FieldPath;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a field of the metadata has been used by statements that PostgreSQL answered.
 *
 * @param uses how many statements did each of these with it; a statement may do several
 * @param all of the statements that have used it
 * @param indexable of those among them that an index of the field would serve
 */
public record FieldUsage(FieldPath path, Map<FieldUse, Long> uses, Times all, Times indexable) {

    /** What a client can do about slow statements. */
    public enum Advice {
        /** To declare an index of the field, from which PostgreSQL reads lists that are sorted by it alone. */
        DECLARE,

        /** To filter on a value of another field as well, which leaves fewer documents to be looked at. */
        NARROW
    }

    /**
     * How long statements took.
     *
     * @param statements how many there were
     * @param p95 how long the 95th of a hundred of them took at most, rounded up
     */
    public record Times(long statements, Duration mean, Duration p95) {

        /** So many statements tell more than that something was tried. */
        static final int OFTEN = 20;

        /** Longer than PostgreSQL takes for a page that it reads from an index. */
        static final Duration SLOW = Duration.ofMillis(100);

        public static final Times NONE = new Times(0, Duration.ZERO, Duration.ZERO);

        private boolean areLong() {
            return statements >= OFTEN && p95.compareTo(SLOW) > 0;
        }
    }

    public FieldUsage {
        uses = Map.copyOf(uses);
    }

    /** How long all statements took together. */
    public Duration total() {
        return all.mean().multipliedBy(all.statements());
    }

    public long count(FieldUse use) {
        return uses.getOrDefault(use, 0L);
    }

    /**
     * Null if the field is used rarely, or if the statements are fast. Only statements that an index would serve speak for declaring it.
     *
     * @param canBeDeclared whether the field has no declared index, and the collection may have one more
     */
    public @Nullable Advice advice(boolean canBeDeclared) {
        if (canBeDeclared && indexable.areLong()) {
            return Advice.DECLARE;
        }
        return all.areLong() ? Advice.NARROW : null;
    }
}
