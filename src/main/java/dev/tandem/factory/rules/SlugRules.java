package dev.tandem.factory.rules;

import dev.tandem.domain.refusal.Violations;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The rule for names that stand in addresses as they are: a slug, of characters that no client and no proxy rewrites. */
public final class SlugRules {

    private static final Pattern SLUG = Pattern.compile("[a-z0-9](?:[a-z0-9_-]{0,62}[a-z0-9])?");

    private SlugRules() {}

    /**
     * Adds a violation if a required name is missing or invalid.
     *
     * @param code of the rule, as the named thing defines it
     * @return the name; an empty string if it is missing
     */
    public static String check(@Nullable String name, String pointer, String code, Violations violations) {
        String checked = name == null ? "" : name;
        violations.require(
                SLUG.matcher(checked).matches(),
                pointer,
                code,
                "A name has 1 to 64 lower-case letters, digits, hyphens and underscores, and begins and ends with a letter or digit.");
        return checked;
    }
}
