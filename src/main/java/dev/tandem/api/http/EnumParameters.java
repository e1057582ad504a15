package dev.tandem.api.http;

import dev.tandem.domain.refusal.Refusal;
import dev.tandem.factory.rules.Choice;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads parameters that take one of a few words: the constants of an enumeration in lower case. */
public final class EnumParameters {

    private EnumParameters() {}

    /**
     * The constant that a parameter names; null if the parameter is left out.
     *
     * @throws Refusal.Malformed with this code if the word is unknown; the message lists the valid ones
     */
    public static <E extends Enum<E>> @Nullable E read(Class<E> type, String name, @Nullable String word, String code) {
        if (word == null) {
            return null;
        }
        return Choice.find(type, word)
                .orElseThrow(() -> new Refusal.Malformed(
                        code, Query.pointer(name), name + " is " + listed(Choice.words(type)) + "."));
    }

    private static String listed(List<String> words) {
        return String.join(", ", words.subList(0, words.size() - 1)) + " or " + words.getLast();
    }
}
