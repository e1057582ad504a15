package dev.tandem.domain.refusal;

/**
 * One broken rule.
 *
 * @param pointer where, as a JSON pointer (RFC 6901) into the caller's input; {@code ""} is all of it
 * @param code what rule, dotted and stable: programs may branch on it
 * @param message what to do about it, for a person
 */
public record Violation(String pointer, String code, String message) {

    /** Escapes a member's name for use in a JSON pointer. */
    public static String escape(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }
}
