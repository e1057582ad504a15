package dev.tandem.factory.metadata;

import dev.tandem.domain.metadata.FieldPath;
import dev.tandem.factory.rules.TextRules;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The rules for the path of a metadata field, where the body of a request names one by itself. */
public final class PathRules {

    /** What is wrong with a path that begins with {@link FieldPath#METADATA}. */
    static final String BEGINS_TWICE =
            "A path begins in the metadata, so leave out metadata. in front. For a field of an object of that name, write \\metadata. in front.";

    private PathRules() {}

    /** Whether somebody has written a path as in an order. No document would have such a field, so that nothing else would tell the mistake. */
    static boolean beginsTwice(String written) {
        return written.startsWith(FieldPath.METADATA);
    }

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
        if (beginsTwice(written)) {
            refused.accept(BEGINS_TWICE);
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
