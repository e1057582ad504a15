package dev.tandem.tool.migration.script;

import dev.tandem.tool.migration.diff.Operation;
import dev.tandem.tool.migration.lint.Linter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An added column with a default that differs from row to row. */
record VolatileDefault(String add, String setDefault, boolean notNull) {

    private static final Pattern FORM = Pattern.compile(
            "(ALTER TABLE (?:ONLY )?\\S+)\\s+ADD COLUMN (\\S+) (.*?) DEFAULT (.*?)( NOT NULL)?", Pattern.DOTALL);

    static boolean in(Operation operation) {
        return !operation.sql().contains(" GENERATED ")
                && FORM.matcher(operation.sql()).matches()
                && new Linter()
                        .lint("", operation.sql()).stream()
                                .anyMatch(finding -> finding.rule().id().equals("adding-field-with-default"));
    }

    static VolatileDefault of(Operation operation) {
        Matcher form = FORM.matcher(operation.sql());
        if (!form.matches()) {
            throw new IllegalArgumentException("No default: " + operation.sql());
        }
        return new VolatileDefault(
                form.group(1) + " ADD COLUMN " + form.group(2) + " " + form.group(3),
                form.group(1) + " ALTER COLUMN " + form.group(2) + " SET DEFAULT " + form.group(4),
                form.group(5) != null);
    }
}
