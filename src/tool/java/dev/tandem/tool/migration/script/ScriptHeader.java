package dev.tandem.tool.migration.script;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The first lines of a script: which scripts it follows, and what schema it must lead to.
 *
 * @param parents the versions before; several for a script that merges branches; empty for the first script, and for one that names none
 * @param fingerprint hash of the schema that the script and those before it lead to; empty if the script has not been proven
 */
public record ScriptHeader(List<String> parents, Optional<String> fingerprint) {

    private static final Pattern PARENTS = Pattern.compile("(?m)^(?:--|//) parent: (\\d+(?:, \\d+)*)$");
    private static final Pattern FINGERPRINT = Pattern.compile("(?m)^(?:--|//) fingerprint: ([0-9a-f]+)$");

    /** That of a script with one parent or none. */
    public ScriptHeader(Optional<String> parent, Optional<String> fingerprint) {
        this(parent.stream().toList(), fingerprint);
    }

    public static ScriptHeader in(String text) {
        List<String> parents = first(PARENTS, text)
                .map(versions -> List.of(versions.split(", ")))
                .orElse(List.of());
        return new ScriptHeader(parents, first(FINGERPRINT, text));
    }

    /** The same parents, with the hash of the schema. */
    public ScriptHeader leadingTo(String hash) {
        return new ScriptHeader(parents, Optional.of(hash));
    }

    /**
     * The text with these header lines instead of its own; {@code rebase} uses it to move a script.
     *
     * @param comment how each line begins
     */
    public String over(String text, String comment) {
        String body = FINGERPRINT
                .matcher(PARENTS.matcher(text).replaceAll(""))
                .replaceAll("")
                .stripLeading();
        return lines(comment) + "\n" + body;
    }

    /** In SQL. */
    @Override
    public String toString() {
        return lines("-- ");
    }

    private String lines(String comment) {
        return (parents.isEmpty() ? "" : comment + "parent: " + String.join(", ", parents) + "\n")
                + fingerprint
                        .map(hash -> comment + "fingerprint: " + hash + "\n")
                        .orElse("");
    }

    private static Optional<String> first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
