package dev.tandem.tool.migration.script;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The first lines of a script: which script it follows, and what schema it must lead to.
 *
 * @param parent the version before; empty for the first script, and for a script that names none
 * @param fingerprint hash of the schema that the script leads to; empty if the script has not been proven
 */
public record ScriptHeader(Optional<String> parent, Optional<String> fingerprint) {

    private static final Pattern PARENT = Pattern.compile("(?m)^-- parent: (\\d+)$");
    private static final Pattern FINGERPRINT = Pattern.compile("(?m)^-- fingerprint: ([0-9a-f]+)$");

    public static ScriptHeader in(String text) {
        return new ScriptHeader(first(PARENT, text), first(FINGERPRINT, text));
    }

    /** The text with these header lines instead of its own; {@code rebase} uses it to move a script. */
    public String over(String text) {
        String body = FINGERPRINT
                .matcher(PARENT.matcher(text).replaceAll(""))
                .replaceAll("")
                .stripLeading();
        return this + "\n" + body;
    }

    @Override
    public String toString() {
        return parent.map(version -> "-- parent: " + version + "\n").orElse("")
                + fingerprint.map(hash -> "-- fingerprint: " + hash + "\n").orElse("");
    }

    private static Optional<String> first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
