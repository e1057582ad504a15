package dev.tandem.domain.refusal;

/**
 * A broken rule.
 *
 * @param pointer the place in the client's input, as a JSON pointer (RFC 6901); {@code ""} stands for all of it
 * @param code which rule: dotted and stable, so that programs can depend on it
 * @param message how to correct the input, for a person
 */
public record Violation(String pointer, String code, String message) {

    /** Escapes a member's name for use in a JSON pointer. */
    public static String escape(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }
}
