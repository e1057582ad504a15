package dev.tandem.tool.migration.script;

import dev.tandem.tool.migration.diff.Operation;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A primary key or unique constraint, split so that its index can be built first. */
record KeyDefinition(
        String table, String name, String kind, String nulls, String columns, String include, String deferrable) {

    private static final Pattern FORM = Pattern.compile(
            "ALTER TABLE (?:ONLY )?(\\S+) ADD CONSTRAINT (\\S+) (PRIMARY KEY|UNIQUE)( NULLS NOT DISTINCT)? (\\([^)]*\\))( INCLUDE \\([^)]*\\))?(.*)");

    static KeyDefinition of(Operation operation) {
        Matcher form = FORM.matcher(operation.sql().replaceAll("\\s+", " "));
        if (!form.matches()) {
            throw new IllegalArgumentException("No key: " + operation.sql());
        }
        return new KeyDefinition(
                operation.table(),
                operation.name(),
                form.group(3),
                orEmpty(form.group(4)),
                form.group(5),
                orEmpty(form.group(6)),
                form.group(7));
    }

    String concurrentIndex(String index) {
        return "CREATE UNIQUE INDEX CONCURRENTLY " + index + " ON " + table + " " + columns + include + nulls;
    }

    String attach(String index) {
        return "ALTER TABLE " + table + " ADD CONSTRAINT " + name + " " + kind + " USING INDEX " + index + deferrable;
    }

    private static String orEmpty(String text) {
        return text == null ? "" : text;
    }
}
