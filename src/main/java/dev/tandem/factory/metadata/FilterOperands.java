package dev.tandem.factory.metadata;

import dev.tandem.domain.metadata.Dates;
import dev.tandem.domain.metadata.DocumentField;
import dev.tandem.domain.metadata.FilterField;
import dev.tandem.domain.metadata.Metadata;
import dev.tandem.domain.refusal.Violations;
import dev.tandem.factory.rules.JsonRules;
import dev.tandem.factory.rules.TextRules;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the operands of a filter's operators. An invalid one adds a violation and is replaced by a value of the right type. */
final class FilterOperands {

    static final int MOST_VALUES = 1_000;
    static final int MOST_VALUES_IN_ALL = 10_000;

    /** In UTF-16 units. A text eight times as long can cost PostgreSQL a gigabyte of memory, if all of its characters are different. */
    static final int LONGEST_PART = 1_024;

    private static final String DATE = "$date";

    private final Violations violations;
    private final GeoOperands places;
    private int listed;

    FilterOperands(Violations violations) {
        this.violations = violations;
        this.places = new GeoOperands(violations);
    }

    /** Reads operands that are places. */
    GeoOperands places() {
        return places;
    }

    /** Null, a boolean, a text, a date, or a number in canonical form, depending on the field. */
    @Nullable
    Object scalar(FilterField field, @Nullable Object operand, String pointer) {
        if (field instanceof DocumentField own) {
            return operand == null && own.isOptional() ? null : ofType(own, operand, pointer);
        }
        return switch (operand) {
            case null -> null;
            case Boolean truth -> truth;
            case String text -> kept(text, JsonRules.LONGEST_TEXT, pointer);
            case Number number -> kept(number, pointer);
            case List<?> list ->
                unfit(pointer, "This operator takes one value. To search for any of several values, use $in.", "");
            case Map<?, ?> map when isDate(map) -> date(map, pointer);
            default -> unfit(pointer, "This operator takes null, a boolean, a number, a string or a date.", "");
        };
    }

    /** Whether this is a date, as {@code {"$date": "2024-05-01T14:30:00Z"}} is. */
    static boolean isDate(Map<?, ?> operand) {
        return operand.size() == 1 && operand.containsKey(DATE);
    }

    private Instant date(Map<?, ?> operand, String pointer) {
        return date(operand.get(DATE), pointer + "/" + DATE);
    }

    private Instant date(@Nullable Object written, String pointer) {
        Instant date = written instanceof String text ? Dates.parse(text) : null;
        if (date == null) {
            violations.add(
                    pointer, "filter.date", "A date is a string with a time and its offset: \"2024-05-01T14:30:00Z\".");
            return Instant.EPOCH;
        }
        return date;
    }

    /** A value of the field's type. Any other could never match, so it must be a mistake. */
    private Object ofType(DocumentField field, @Nullable Object operand, String pointer) {
        return switch (field.type()) {
            case TEXT ->
                operand instanceof String text
                        ? kept(text, JsonRules.LONGEST_TEXT, pointer)
                        : unfit(pointer, field.written() + " is a string.", "");
            case NUMBER ->
                operand instanceof Number number
                        ? kept(number, pointer)
                        : unfit(pointer, field.written() + " is a number.", 0L);
            case DATE -> operand instanceof Map<?, ?> map && isDate(map) ? date(map, pointer) : date(operand, pointer);
        };
    }

    /** The values of $in and $nin; an empty list is allowed, and matches nothing. */
    List<@Nullable Object> scalars(FilterField field, @Nullable Object operand, String pointer) {
        if (!(operand instanceof List<?> list) || list.size() > MOST_VALUES) {
            return unfit(
                    pointer, "This operator takes a list of at most " + MOST_VALUES + " values.", new ArrayList<>());
        }
        boolean enough = listed > MOST_VALUES_IN_ALL;
        listed += list.size();
        if (listed > MOST_VALUES_IN_ALL) {
            violations.require(
                    enough,
                    pointer,
                    "filter.too_many_conditions",
                    "All lists of values together may have " + MOST_VALUES_IN_ALL + " values.");
            return List.of();
        }
        List<@Nullable Object> values = new ArrayList<>();
        for (int i = 0; i < list.size() && violations.size() < JsonRules.MOST_VIOLATIONS; i++) {
            String place = pointer + "/" + i;
            boolean nested = list.get(i) instanceof List<?>;
            values.add(
                    nested
                            ? unfit(place, "The list must contain values, not lists.", "")
                            : scalar(field, list.get(i), place));
        }
        return values;
    }

    /** A text, a date, or a number in canonical form, depending on the field. */
    Object bound(FilterField field, @Nullable Object operand, String pointer) {
        if (field instanceof DocumentField own) {
            return ofType(own, operand, pointer);
        }
        return switch (operand) {
            case String text -> kept(text, JsonRules.LONGEST_TEXT, pointer);
            case Number number -> kept(number, pointer);
            case Map<?, ?> map when isDate(map) -> date(map, pointer);
            case null, default -> unfit(pointer, "This operator takes a number, a string or a date.", "");
        };
    }

    /** A non-empty text. */
    String prefix(FilterField field, @Nullable Object operand, String pointer) {
        return text(field, operand, JsonRules.LONGEST_TEXT, pointer);
    }

    /** A non-empty text that is short enough for a search: PostgreSQL builds an automaton from it. */
    String part(FilterField field, @Nullable Object operand, String pointer) {
        return text(field, operand, LONGEST_PART, pointer);
    }

    boolean truth(@Nullable Object operand, String pointer) {
        return operand instanceof Boolean truth ? truth : unfit(pointer, "This operator takes true or false.", true);
    }

    private String text(FilterField field, @Nullable Object operand, int longest, String pointer) {
        if (field instanceof DocumentField own && own.type() != DocumentField.Type.TEXT) {
            return unfit(pointer, own.written() + " is not a string.", " ");
        }
        return operand instanceof String text && !text.isEmpty()
                ? kept(text, longest, pointer)
                : unfit(pointer, "This operator takes a string that is not empty.", " ");
    }

    private String kept(String text, int longest, String pointer) {
        TextRules.Flaw flaw = TextRules.flaw(text, longest);
        if (flaw != null) {
            violations.add(pointer, "filter.text", flaw.message(longest));
        }
        return text;
    }

    private Number kept(Number number, String pointer) {
        if (JsonRules.isStorable(number)) {
            return Metadata.canonical(number);
        }
        violations.add(pointer, "filter.number", JsonRules.numberAdvice(number));
        return 0L;
    }

    private <T> T unfit(String pointer, String message, T instead) {
        violations.add(pointer, "filter.operand", message);
        return instead;
    }
}
