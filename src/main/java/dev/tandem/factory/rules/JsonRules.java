package dev.tandem.factory.rules;

import dev.tandem.domain.metadata.Metadata;
import dev.tandem.domain.refusal.Violation;
import dev.tandem.domain.refusal.Violations;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rules for a JSON object that is stored in a jsonb column and must be returned unchanged.
 *
 * @param subject the first part of the codes
 * @param largest in bytes, as compact JSON in UTF-8
 * @param deepest how deeply objects and lists may be nested, including the outermost
 */
public record JsonRules(String subject, int largest, int deepest) {

    public static final int MOST_VIOLATIONS = 100;
    public static final int LONGEST_TEXT = 8_192;
    static final int LONGEST_NAME = 256;

    private static final int LONG_BITS = 63;

    /** Adds every broken rule, at most {@value #MOST_VIOLATIONS}. It takes time linear in the input, and a bounded stack. */
    public void check(Map<String, ? extends @Nullable Object> raw, String pointer, Violations violations) {
        Walk walk = new Walk(pointer, violations);
        walk.object(raw, new Place(null, ""), 1);
        if (walk.bytes > largest) {
            violations.add(pointer, subject + ".too_large", "Must not be larger than " + largest + " bytes of JSON.");
        }
    }

    /** Whether Tandem stores this number: it is finite, and fits into a long if it is written as a whole number. */
    public static boolean isStorable(Number number) {
        return switch (number) {
            case BigInteger whole -> whole.bitLength() <= LONG_BITS;
            default -> Double.isFinite(number.doubleValue());
        };
    }

    /** A place in the object. Its pointer is built only for errors, because building one for every place would not be linear. */
    private record Place(@Nullable Place parent, String step) {

        Place child(String step) {
            return new Place(this, step);
        }

        String pointer(String root) {
            return parent == null ? root : parent.pointer(root) + "/" + Violation.escape(step);
        }
    }

    private final class Walk {
        private final String root;
        private final Violations violations;
        private int added;
        private long bytes;

        private Walk(String root, Violations violations) {
            this.root = root;
            this.violations = violations;
        }

        private void object(Map<?, ?> members, Place place, int depth) {
            if (isTooDeep(place, depth)) {
                return;
            }
            bytes += brackets(members.size());
            for (Map.Entry<?, ?> member : members.entrySet()) {
                if (isOver()) {
                    return;
                }
                String name = (String) member.getKey();
                name(name, place);
                // a name that can't be repeated can't be part of a pointer either
                value(member.getValue(), TextRules.isQuotable(name) ? place.child(name) : place, depth);
            }
        }

        private void list(Collection<?> elements, Place place, int depth) {
            if (isTooDeep(place, depth)) {
                return;
            }
            bytes += brackets(elements.size());
            int index = 0;
            for (Object element : elements) {
                if (isOver()) {
                    return;
                }
                value(element, place.child(Integer.toString(index)), depth);
                index++;
            }
        }

        private void value(@Nullable Object value, Place place, int depth) {
            switch (value) {
                case null -> bytes += 4;
                case Boolean truth -> bytes += truth ? 4 : 5;
                case String text -> text(text, place);
                case Number number -> number(number, place);
                case Map<?, ?> members -> object(members, place, depth + 1);
                case List<?> elements -> list(elements, place, depth + 1);
                default -> throw new IllegalArgumentException("not a JSON value: " + value.getClass());
            }
        }

        private void name(String name, Place place) {
            bytes += JsonSize.of(name) + 1;
            TextRules.Flaw flaw = TextRules.flaw(name, LONGEST_NAME);
            if (name.isEmpty() || flaw == TextRules.Flaw.TOO_LONG) {
                add(place, subject + ".name", "A member's name must have 1 to " + LONGEST_NAME + " characters.");
            } else if (flaw != null) {
                add(place, flaw.code, "A member's name: " + flaw.message(LONGEST_NAME));
            }
        }

        private void text(String text, Place place) {
            bytes += JsonSize.of(text);
            TextRules.Flaw flaw = TextRules.flaw(text, LONGEST_TEXT);
            if (flaw != null) {
                add(place, flaw.code, flaw.message(LONGEST_TEXT));
            }
        }

        private void number(Number number, Place place) {
            if (isStorable(number)) {
                bytes += Metadata.canonical(number).toString().length();
            } else {
                add(place, subject + ".number", numberAdvice(number));
            }
        }

        private boolean isTooDeep(Place place, int depth) {
            if (depth > deepest) {
                add(
                        place,
                        subject + ".too_deep",
                        "Objects and lists may be nested at most " + deepest + " levels deep.");
            }
            return depth > deepest;
        }

        /** Whether to stop, because the rest would change nothing. */
        private boolean isOver() {
            return bytes > largest || added >= MOST_VIOLATIONS;
        }

        private void add(Place place, String code, String message) {
            if (added < MOST_VIOLATIONS) {
                violations.add(place.pointer(root), code, message);
                added++;
            }
        }
    }

    public static String numberAdvice(Number number) {
        return number instanceof BigDecimal || number instanceof Double || number instanceof Float
                ? "Must be a number that a double can hold (up to about 1.8e308)."
                : "Must be a whole number from -2^63 to 2^63 - 1; send a larger one as a string.";
    }

    private static int brackets(int members) {
        return 2 + Math.max(0, members - 1);
    }
}
