package dev.tandem.factory;

import dev.tandem.domain.document.Metadata;
import dev.tandem.domain.error.Violations;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The operands of a filter's operators. For an unfit one a violation is added, and something of the right type returned. */
final class FilterOperands {

    static final int MOST_VALUES = 1_000;

    private final Violations violations;

    FilterOperands(Violations violations) {
        this.violations = violations;
    }

    /** Null, a boolean, a text, or a number in its canonical form. */
    @Nullable
    Object scalar(@Nullable Object operand, String pointer) {
        return switch (operand) {
            case null -> null;
            case Boolean truth -> truth;
            case String text -> kept(text, pointer);
            case Number number -> kept(number, pointer);
            case List<?> list -> unfit(pointer, "Takes one value; to ask for any of several, use $in.", "");
            default -> unfit(pointer, "Takes null, a boolean, a number or a string.", "");
        };
    }

    /** The values of $in and $nin; none is allowed, and matches nothing. */
    List<@Nullable Object> scalars(@Nullable Object operand, String pointer) {
        if (!(operand instanceof List<?> list) || list.size() > MOST_VALUES) {
            return unfit(pointer, "Takes a list of at most " + MOST_VALUES + " values.", new ArrayList<>());
        }
        List<@Nullable Object> values = new ArrayList<>();
        for (int i = 0; i < list.size() && violations.size() < JsonRules.MOST_VIOLATIONS; i++) {
            String place = pointer + "/" + i;
            boolean nested = list.get(i) instanceof List<?>;
            values.add(nested ? unfit(place, "Takes values, no lists.", "") : scalar(list.get(i), place));
        }
        return values;
    }

    /** A text, or a number in its canonical form. */
    Object bound(@Nullable Object operand, String pointer) {
        return switch (operand) {
            case String text -> kept(text, pointer);
            case Number number -> kept(number, pointer);
            case null, default -> unfit(pointer, "Takes a number or a string.", "");
        };
    }

    /** A text that is not empty. */
    String text(@Nullable Object operand, String pointer) {
        return operand instanceof String text && !text.isEmpty()
                ? kept(text, pointer)
                : unfit(pointer, "Takes a string that is not empty.", " ");
    }

    boolean truth(@Nullable Object operand, String pointer) {
        return operand instanceof Boolean truth ? truth : unfit(pointer, "Takes true or false.", true);
    }

    private String kept(String text, String pointer) {
        TextRules.Flaw flaw = TextRules.flaw(text, JsonRules.LONGEST_TEXT);
        if (flaw != null) {
            violations.add(pointer, "filter.text", flaw.message(JsonRules.LONGEST_TEXT));
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
