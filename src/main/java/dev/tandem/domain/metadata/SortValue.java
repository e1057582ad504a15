package dev.tandem.domain.metadata;

import org.jspecify.annotations.Nullable;

/**
 * A value as lists are ordered by it: numbers, then texts by code point, then false and true. A field that has no such value, such as one with
 * null, a list or an object, comes last in both directions.
 *
 * @param value a number in its canonical form, a text, a {@link Boolean} or an {@link java.time.Instant}; null if there is none
 */
public record SortValue(@Nullable Object value) {

    /** In code points. A longer text is ordered by its beginning, because a place in a list has to fit into an address. */
    public static final int LONGEST_TEXT = 100;

    public static final SortValue NONE = new SortValue(null);

    /** The value of a field of any type. */
    static SortValue of(@Nullable Object value) {
        return switch (value) {
            case String text -> new SortValue(beginning(text));
            case Number number -> new SortValue(number);
            case Boolean truth -> new SortValue(truth);
            case null, default -> NONE;
        };
    }

    private static String beginning(String text) {
        return text.codePointCount(0, text.length()) <= LONGEST_TEXT
                ? text
                : text.substring(0, text.offsetByCodePoints(0, LONGEST_TEXT));
    }
}
