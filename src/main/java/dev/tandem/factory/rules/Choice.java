package dev.tandem.factory.rules;

import dev.tandem.domain.refusal.Violations;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A word that must be one of a few: the constants of an enumeration in lower case. */
public final class Choice {

    private Choice() {}

    /** The constant that was said; the fallback where nothing was said, or ({@code choice.unknown}) something else. */
    public static <E extends Enum<E>> E of(
            Class<E> type, @Nullable String said, E fallback, String pointer, Violations violations) {
        if (said == null) {
            return fallback;
        }
        for (E constant : type.getEnumConstants()) {
            if (name(constant).equals(said)) {
                return constant;
            }
        }
        String choices =
                Arrays.stream(type.getEnumConstants()).map(Choice::name).collect(Collectors.joining(", "));
        violations.add(pointer, "choice.unknown", "There are " + choices + ".");
        return fallback;
    }

    private static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
