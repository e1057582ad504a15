package dev.tandem.factory.rules;

import dev.tandem.domain.refusal.Violations;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads a word from a fixed set: the constants of an enumeration in lower case. */
public final class Choice {

    private Choice() {}

    /** The constant with this word. The fallback, if the word is missing or ({@code choice.unknown}) unknown. */
    public static <E extends Enum<E>> E of(
            Class<E> type, @Nullable String said, E fallback, String pointer, Violations violations) {
        if (said == null) {
            return fallback;
        }
        Optional<E> constant = find(type, said);
        if (constant.isEmpty()) {
            violations.add(pointer, "choice.unknown", "The allowed words are " + String.join(", ", words(type)) + ".");
        }
        return constant.orElse(fallback);
    }

    /** The constant with this word. */
    public static <E extends Enum<E>> Optional<E> find(Class<E> type, String word) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> word(constant).equals(word))
                .findFirst();
    }

    /** The words of all constants, in their order. */
    public static List<String> words(Class<? extends Enum<?>> type) {
        return Arrays.stream(type.getEnumConstants()).map(Choice::word).toList();
    }

    /** The word for a constant. */
    public static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
