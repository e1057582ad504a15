package dev.tandem.tool.migration.diff;

import dev.tandem.tool.migration.MigrationRefusal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A rename that the user has named.
 *
 * @param owner the table of a column, the type of an enum's value, the schema of a table; empty for a table in {@code public}
 */
public record Rename(String owner, String from, String to) {

    private static final Pattern FORM = Pattern.compile("(?:([^:]+)\\.)?([^.:]+):([^.:]+)");

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

    /** Renames a table within its schema: RENAME cannot move it to another. */
    static Rename ofTables(String from, String to) {
        int dot = from.lastIndexOf('.');
        String schema = dot < 0 ? "" : from.substring(0, dot);
        return new Rename(schema, from.substring(dot + 1), to.substring(to.lastIndexOf('.') + 1));
    }

    /** The old name of a table, if this renames a table. */
    String fromTable() {
        return qualified(from);
    }

    String toTable() {
        return qualified(to);
    }

    private String qualified(String name) {
        return owner.isEmpty() ? name : owner + "." + name;
    }

    Rename reversed() {
        return new Rename(owner, to, from);
    }

    @Override
    public String toString() {
        return fromTable() + ":" + to;
    }
}
