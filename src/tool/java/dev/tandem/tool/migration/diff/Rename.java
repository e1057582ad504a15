package dev.tandem.tool.migration.diff;

import dev.tandem.tool.migration.MigrationRefusal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A new name that somebody has told us of.
 *
 * @param owner the table of a column, the type of an enum's value; empty for a table
 */
public record Rename(String owner, String from, String to) {

    private static final Pattern FORM = Pattern.compile("(?:([^.:]+)\\.)?([^.:]+):([^.:]+)");

    /**
     * Reads {@code table.old:new} or {@code old:new}.
     *
     * @throws MigrationRefusal if it is neither
     */
    public static Rename parse(String text) {
        Matcher matcher = FORM.matcher(text.strip());
        if (!matcher.matches()) {
            throw new MigrationRefusal(
                    "\"" + text + "\" is no rename; write table.old:new for a column, old:new for a table");
        }
        String owner = matcher.group(1) == null ? "" : matcher.group(1);
        return new Rename(owner, matcher.group(2), matcher.group(3));
    }

    Rename reversed() {
        return new Rename(owner, to, from);
    }

    @Override
    public String toString() {
        return (owner.isEmpty() ? "" : owner + ".") + from + ":" + to;
    }
}
