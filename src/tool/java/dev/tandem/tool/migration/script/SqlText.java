package dev.tandem.tool.migration.script;

import dev.tandem.tool.migration.diff.Operation;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** How SQL is written into scripts. */
final class SqlText {

    /** PostgreSQL truncates longer names. */
    private static final int LONGEST_NAME = 63;

    private static final Pattern REFERENCES = Pattern.compile("REFERENCES ([^\\s(]+)");

    private SqlText() {}

    /** A destructive statement as a comment, to be read before it may run. */
    static String heldBack(Operation operation) {
        return "-- DESTRUCTIVE, held back: " + operation.description() + " (--allow-drop " + operation.subject() + ")\n"
                + (operation.sql() + ";").lines().map(line -> "-- " + line).collect(Collectors.joining("\n"));
    }

    static boolean comment(String statement) {
        return statement.lines().allMatch(line -> line.startsWith("--"));
    }

    /** A generated name made of other names. If it is too long, a hash replaces what is cut off, so that names stay distinct. */
    static String name(String parts) {
        String plain = parts.replaceAll("[^A-Za-z0-9_]", "_");
        if (plain.length() <= LONGEST_NAME) {
            return plain;
        }
        String hash = "_" + Integer.toHexString(plain.hashCode());
        return plain.substring(0, LONGEST_NAME - hash.length()) + hash;
    }

    /** The table that a foreign key refers to. */
    static String referenced(String foreignKey) {
        Matcher references = REFERENCES.matcher(foreignKey);
        return references.find() ? references.group(1) : "";
    }
}
