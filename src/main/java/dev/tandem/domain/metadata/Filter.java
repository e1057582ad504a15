package dev.tandem.domain.metadata;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A condition on metadata. {@link #matches(Metadata)} defines its meaning. The translations for PostgreSQL and for the search indexes are
 * tested against it.
 *
 * <p>A condition on a field holds if it holds for any of the scalars that the field's path leads to. Numbers are compared with numbers and
 * texts with texts, by code point; values of different types never match.
 */
public sealed interface Filter {

    /** Matches everything. */
    Filter EVERYTHING = new And(List.of());

    boolean matches(Metadata metadata);

    /** All of the conditions; an empty list matches everything. */
    record And(List<Filter> conditions) implements Filter {
        public And {
            conditions = List.copyOf(conditions);
        }

        @Override
        public boolean matches(Metadata metadata) {
            return conditions.stream().allMatch(condition -> condition.matches(metadata));
        }
    }

    /** Any of the conditions; an empty list matches nothing. */
    record Or(List<Filter> conditions) implements Filter {
        public Or {
            conditions = List.copyOf(conditions);
        }

        @Override
        public boolean matches(Metadata metadata) {
            return conditions.stream().anyMatch(condition -> condition.matches(metadata));
        }
    }

    record Not(Filter condition) implements Filter {
        @Override
        public boolean matches(Metadata metadata) {
            return !condition.matches(metadata);
        }
    }

    /** The field exists, even if its value is null. */
    record Exists(FieldPath path) implements Filter {
        @Override
        public boolean matches(Metadata metadata) {
            return path.exists(metadata);
        }
    }

    /** @param value null, a {@link Boolean}, a {@link String}, or a number in its {@linkplain Metadata#canonical canonical} form */
    record Equal(FieldPath path, @Nullable Object value) implements Filter {
        @Override
        public boolean matches(Metadata metadata) {
            return path.scalars(metadata).contains(value);
        }
    }

    /** Equal to one of the values, which are as in {@link Equal}; an empty list matches nothing. */
    record In(FieldPath path, List<@Nullable Object> values) implements Filter {
        public In {
            // not List.copyOf: null is a value that can be searched for
            values = Collections.unmodifiableList(new ArrayList<>(values));
        }

        @Override
        public boolean matches(Metadata metadata) {
            return path.scalars(metadata).stream().anyMatch(values::contains);
        }
    }

    /** @param bound a {@link String}, or a number in its canonical form */
    record Compare(FieldPath path, Comparison comparison, Object bound) implements Filter {
        @Override
        public boolean matches(Metadata metadata) {
            return path.scalars(metadata).stream().anyMatch(this::holds);
        }

        private boolean holds(@Nullable Object value) {
            if (value instanceof Number number && bound instanceof Number limit) {
                return comparison.holds(Metadata.compare(number, limit));
            }
            if (value instanceof String text && bound instanceof String limit) {
                return comparison.holds(CodePoints.compare(text, limit));
            }
            return false;
        }
    }

    /** A text that contains this one, compared character by character. */
    record Contains(FieldPath path, String text) implements Filter {
        @Override
        public boolean matches(Metadata metadata) {
            return path.scalars(metadata).stream().anyMatch(value -> value instanceof String s && s.contains(text));
        }
    }

    /** A text that begins with this one, compared character by character. */
    record StartsWith(FieldPath path, String prefix) implements Filter {
        @Override
        public boolean matches(Metadata metadata) {
            return path.scalars(metadata).stream().anyMatch(value -> value instanceof String s && s.startsWith(prefix));
        }
    }
}
