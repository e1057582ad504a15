package dev.tandem.factory.metadata;

import dev.tandem.domain.metadata.FieldPath;
import dev.tandem.factory.rules.TextRules;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The rules for the path of a metadata field, where the body of a request names one by itself. */
public final class PathRules {

    private PathRules() {}

    /**
     * The path; null if it is none.
     *
     * @param refused is told the broken rule
     */
    public static @Nullable FieldPath read(String written, Consumer<String> refused) {
        TextRules.Flaw flaw = TextRules.flaw(written, FieldPath.LONGEST);
        if (flaw != null) {
            refused.accept("A field's path: " + flaw.message(FieldPath.LONGEST));
            return null;
        }
        try {
            return FieldPath.parse(written);
        } catch (IllegalArgumentException e) {
            refused.accept(String.valueOf(e.getMessage()));
            return null;
        }
    }
}
