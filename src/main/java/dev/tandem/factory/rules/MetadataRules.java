package dev.tandem.factory.rules;

import dev.tandem.domain.refusal.Violations;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The general rules for a document's metadata. A collection's schema may add others. */
public final class MetadataRules {

    public static final int LARGEST = 64 * 1024;
    static final int DEEPEST = 32;

    private static final JsonRules RULES = new JsonRules("metadata", LARGEST, DEEPEST);

    private MetadataRules() {}

    /**
     * Adds every broken rule, at most {@value JsonRules#MOST_VIOLATIONS}: {@code metadata.too_large} (over 64 KiB as compact JSON in
     * UTF-8), {@code metadata.too_deep} (objects and lists nested more than 32 levels deep), {@code metadata.name} (1 to 256 characters),
     * {@code metadata.number} (finite; whole numbers within a long), and the codes of {@link TextRules} for texts (8,192 characters).
     *
     * @param raw as parsed from JSON, of any depth
     * @param pointer where it stands in the client's input, e.g. {@code /metadata}
     */
    public static void check(Map<String, ? extends @Nullable Object> raw, String pointer, Violations violations) {
        RULES.check(raw, pointer, violations);
    }
}
