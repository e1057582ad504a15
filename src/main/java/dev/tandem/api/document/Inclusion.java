package dev.tandem.api.document;

import dev.tandem.domain.document.DocumentQuery.Include;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.domain.refusal.Violations;
import dev.tandem.factory.rules.Choice;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what an answer is to say of documents: {@code vector} adds their stored vectors. The documents themselves are always there. */
final class Inclusion {

    static final String DESCRIPTION = "vector adds the stored vectors: the own vector, or those of the chunks";

    private Inclusion() {}

    /** The words of a parameter, which has commas between them. */
    static @Nullable List<String> words(@Nullable String parameter) {
        return parameter == null ? null : List.of(parameter.split(",", -1));
    }

    /**
     * Whether a list asks for vectors.
     *
     * @throws Refusal.Malformed if it has another word
     */
    static boolean ofVector(@Nullable List<String> words) {
        Violations violations = new Violations();
        boolean vector = ofVector(words, violations);
        if (!violations.isEmpty()) {
            throw new Refusal.Malformed("parameter.choice", "/include", "include is document, vector, or both.");
        }
        return vector;
    }

    /** The same for who judges more at once. */
    static boolean ofVector(@Nullable List<String> words, Violations violations) {
        boolean vector = false;
        for (int i = 0; words != null && i < words.size(); i++) {
            vector |= Choice.of(Include.class, words.get(i), Include.DOCUMENT, "/include/" + i, violations)
                    == Include.VECTOR;
        }
        return vector;
    }
}
