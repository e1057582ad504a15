package dev.tandem.tool.migration.diff;

import dev.tandem.tool.migration.MigrationRefusal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A rename that the user has named.
 *
 * <p>A table's new name may name another schema, to which the table then moves.
 *
 * @param owner the table of a column, the type of an enum's value, the schema of a table; empty for a table in {@code public}
 */
public record Rename(String owner, String from, String to) {

    private static final String PUBLIC = "public.";

    private static final Pattern FORM = Pattern.compile("(?:([^:]+)\\.)?([^.:]+):((?:[^.:]+\\.)?[^.:]+)");

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

    /** The rename that makes one table of another; it moves it if they are in different schemas. */
    static Rename ofTables(String from, String to) {
        String before = schema(from);
        String after = schema(to);
        String name = to.substring(to.lastIndexOf('.') + 1);
        String now = before.equals(after) ? name : (after.isEmpty() ? PUBLIC : after + ".") + name;
        return new Rename(before, from.substring(from.lastIndexOf('.') + 1), now);
    }

    /** Empty for {@code public}. */
    private static String schema(String table) {
        int dot = table.lastIndexOf('.');
        return dot < 0 ? "" : table.substring(0, dot);
    }

    /** The old name of a table, if this renames a table. */
    String fromTable() {
        return qualified(from);
    }

    String toTable() {
        return to.contains(".") ? unqualifiedInPublic(to) : qualified(to);
    }

    private static String unqualifiedInPublic(String table) {
        return table.startsWith(PUBLIC) ? table.substring(PUBLIC.length()) : table;
    }

    private String qualified(String name) {
        return owner.isEmpty() ? name : unqualifiedInPublic(owner + "." + name);
    }

    Rename reversed() {
        return to.contains(".") ? ofTables(toTable(), fromTable()) : new Rename(owner, to, from);
    }

    @Override
    public String toString() {
        return fromTable() + ":" + to;
    }
}
