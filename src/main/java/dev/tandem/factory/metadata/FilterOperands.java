package dev.tandem.factory.metadata;

import dev.tandem.domain.metadata.Metadata;
import dev.tandem.domain.refusal.Violations;
import dev.tandem.factory.rules.JsonRules;
import dev.tandem.factory.rules.TextRules;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the operands of a filter's operators. An invalid one adds a violation and is replaced by a value of the right type. */
final class FilterOperands {

    static final int MOST_VALUES = 1_000;
    static final int MOST_VALUES_IN_ALL = 10_000;

    /** In UTF-16 units. A text eight times as long can cost PostgreSQL a gigabyte of memory, if all of its characters are different. */
    static final int LONGEST_PART = 1_024;

    private final Violations violations;
    private int listed;

    FilterOperands(Violations violations) {
        this.violations = violations;
    }

    /** Null, a boolean, a text, or a number in canonical form. */
    @Nullable
    Object scalar(@Nullable Object operand, String pointer) {
        return switch (operand) {
            case null -> null;
            case Boolean truth -> truth;
            case String text -> kept(text, JsonRules.LONGEST_TEXT, pointer);
            case Number number -> kept(number, pointer);
            case List<?> list ->
                unfit(pointer, "This operator takes one value. To search for any of several values, use $in.", "");
            default -> unfit(pointer, "This operator takes null, a boolean, a number or a string.", "");
        };
    }

    /** The values of $in and $nin; an empty list is allowed, and matches nothing. */
    List<@Nullable Object> scalars(@Nullable Object operand, String pointer) {
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
                    nested ? unfit(place, "The list must contain values, not lists.", "") : scalar(list.get(i), place));
        }
        return values;
    }

    /** A text, or a number in canonical form. */
    Object bound(@Nullable Object operand, String pointer) {
        return switch (operand) {
            case String text -> kept(text, JsonRules.LONGEST_TEXT, pointer);
            case Number number -> kept(number, pointer);
            case null, default -> unfit(pointer, "This operator takes a number or a string.", "");
        };
    }

    /** A non-empty text. */
    String prefix(@Nullable Object operand, String pointer) {
        return text(operand, JsonRules.LONGEST_TEXT, pointer);
    }

    /** A non-empty text that is short enough for a search: PostgreSQL builds an automaton from it. */
    String part(@Nullable Object operand, String pointer) {
        return text(operand, LONGEST_PART, pointer);
    }

    boolean truth(@Nullable Object operand, String pointer) {
        return operand instanceof Boolean truth ? truth : unfit(pointer, "This operator takes true or false.", true);
    }

    private String text(@Nullable Object operand, int longest, String pointer) {
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
