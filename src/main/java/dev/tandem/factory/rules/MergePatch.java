package dev.tandem.factory.rules;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Merge patches: null removes a member, an object is merged, and any other value replaces the member.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7396">RFC 7396</a>
 */
public final class MergePatch {

    private MergePatch() {}

    /**
     * Applies the changes to a JSON object, which itself stays as it is.
     *
     * @param target as parsed from JSON
     * @param changes as parsed from JSON; their depth must have been checked
     */
    public static Map<String, @Nullable Object> merge(Map<?, ?> target, Map<?, ?> changes) {
        Map<String, @Nullable Object> merged = new LinkedHashMap<>();
        target.forEach((name, value) -> merged.put((String) name, value));
        changes.forEach((name, value) -> {
            if (value == null) {
                merged.remove(name);
            } else if (value instanceof Map<?, ?> nested) {
                Map<?, ?> inner = merged.get(name) instanceof Map<?, ?> object ? object : Map.of();
                merged.put((String) name, merge(inner, nested));
            } else {
                merged.put((String) name, value);
            }
        });
        return merged;
    }
}
