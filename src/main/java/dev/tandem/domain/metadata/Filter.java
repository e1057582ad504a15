package dev.tandem.domain.metadata;

import dev.tandem.domain.metadata.geo.GeoBox;
import dev.tandem.domain.metadata.geo.GeoCircle;
import dev.tandem.domain.metadata.geo.GeoPoint;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A condition on documents. {@link #matches} defines its meaning. The translations for PostgreSQL and for the search indexes are tested
 * against it.
 *
 * <p>A condition on a field holds if it holds for any of the scalars in the field. Numbers are compared with numbers and texts with texts,
 * by code point; values of different types never match. An {@link Instant} as a value or a bound is a date. It is compared with dates, and
 * with texts that {@linkplain Dates#parse write} one.
 */
public sealed interface Filter {

    /** Matches everything. */
    Filter EVERYTHING = new And(List.of());

    boolean matches(Filterable document);

    /** All of the conditions; an empty list matches everything. */
    record And(List<Filter> conditions) implements Filter {
        public And {
            conditions = List.copyOf(conditions);
        }

        @Override
        public boolean matches(Filterable document) {
            return conditions.stream().allMatch(condition -> condition.matches(document));
        }
    }

    /** Any of the conditions; an empty list matches nothing. */
    record Or(List<Filter> conditions) implements Filter {
        public Or {
            conditions = List.copyOf(conditions);
        }

        @Override
        public boolean matches(Filterable document) {
            return conditions.stream().anyMatch(condition -> condition.matches(document));
        }
    }

    record Not(Filter condition) implements Filter {
        @Override
        public boolean matches(Filterable document) {
            return !condition.matches(document);
        }
    }

    /** The field exists, even if its value is null. */
    record Exists(FilterField field) implements Filter {
        @Override
        public boolean matches(Filterable document) {
            return field.exists(document);
        }
    }

    /**
     * @param value null, a {@link Boolean}, a {@link String}, an {@link Instant}, or a number in its
     *     {@linkplain Metadata#canonical canonical} form
     */
    record Equal(FilterField field, @Nullable Object value) implements Filter {
        @Override
        public boolean matches(Filterable document) {
            return field.scalars(document).stream().anyMatch(scalar -> isEqual(scalar, value));
        }
    }

    /** Equal to one of the values, which are as in {@link Equal} and are kept in their order, each once; without any, it matches nothing. */
    record In(FilterField field, Collection<@Nullable Object> values) implements Filter {
        public In {
            // A set, because each is looked for among up to thousands. Not Set.copyOf: null is a value that can be
            // searched for.
            values = Collections.unmodifiableSet(new LinkedHashSet<>(values));
        }

        @Override
        public boolean matches(Filterable document) {
            return field.scalars(document).stream().anyMatch(this::has);
        }

        private boolean has(@Nullable Object scalar) {
            Instant date = date(scalar);
            return values.contains(scalar) || (date != null && values.contains(date));
        }
    }

    /** @param bound a {@link String}, an {@link Instant}, or a number in its canonical form */
    record Compare(FilterField field, Comparison comparison, Object bound) implements Filter {
        @Override
        public boolean matches(Filterable document) {
            return field.scalars(document).stream().anyMatch(this::holds);
        }

        private boolean holds(@Nullable Object value) {
            if (value instanceof Number number && bound instanceof Number limit) {
                return comparison.holds(Metadata.compare(number, limit));
            }
            if (value instanceof String text && bound instanceof String limit) {
                return comparison.holds(CodePoints.compare(text, limit));
            }
            if (bound instanceof Instant limit) {
                Instant date = date(value);
                return date != null && comparison.holds(date.compareTo(limit));
            }
            return false;
        }
    }

    /** A text that contains this one, compared character by character. */
    record Contains(FilterField field, String text) implements Filter {
        @Override
        public boolean matches(Filterable document) {
            return field.scalars(document).stream()
                    .anyMatch(value -> value instanceof String s && TextPart.isIn(s, text));
        }
    }

    /** A text that begins with this one, compared character by character. */
    record StartsWith(FilterField field, String prefix) implements Filter {
        @Override
        public boolean matches(Filterable document) {
            return field.scalars(document).stream()
                    .anyMatch(value -> value instanceof String s && s.startsWith(prefix));
        }
    }

    /**
     * One object in the field meets all of a condition: an element of a list, or the object that the field has instead of a list. An object in a
     * list inside a list is none of them.
     *
     * @param condition its paths begin in the object; it is not about fields of the document
     */
    record ElementMatches(FieldPath path, Filter condition) implements Filter {
        @Override
        public boolean matches(Filterable document) {
            return path.objects(document.metadata()).stream().anyMatch(condition::matches);
        }
    }

    /** A {@linkplain GeoPoint place} in the field is in the box: an element of a list, or the one that the field has instead of a list. */
    record InBox(FieldPath path, GeoBox box) implements Filter {
        @Override
        public boolean matches(Filterable document) {
            return path.places(document.metadata()).anyMatch(box::contains);
        }
    }

    /** A place in the field, as in {@link InBox}, is in the circle. */
    record Near(FieldPath path, GeoCircle circle) implements Filter {
        @Override
        public boolean matches(Filterable document) {
            return path.places(document.metadata()).anyMatch(circle::contains);
        }

        /** What holds wherever this does. */
        public InBox inBounds() {
            return new InBox(path, circle.bounds());
        }
    }

    /** @param value as in {@link Equal} */
    private static boolean isEqual(@Nullable Object scalar, @Nullable Object value) {
        return value instanceof Instant ? value.equals(date(scalar)) : Objects.equals(scalar, value);
    }

    private static @Nullable Instant date(@Nullable Object scalar) {
        return switch (scalar) {
            case Instant date -> date;
            case String text -> Dates.parse(text);
            case null, default -> null;
        };
    }
}
