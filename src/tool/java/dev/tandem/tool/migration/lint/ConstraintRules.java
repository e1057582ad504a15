package dev.tandem.tool.migration.lint;

import java.util.List;
import java.util.stream.Stream;

/** Constraints that read a whole table while it is locked. */
final class ConstraintRules {

    private ConstraintRules() {}

    static List<Rule> all() {
        return List.of(
                new Rule(
                        "constraint-missing-not-valid",
                        "Adding a CHECK reads the whole table while nobody can read or write it.",
                        "ADD CONSTRAINT .. CHECK (..) NOT VALID, then VALIDATE CONSTRAINT in a later script.",
                        script -> Stream.concat(added(script, "check"), inline(script, "check"))),
                new Rule(
                        "adding-foreign-key-constraint",
                        "Adding a foreign key reads the whole table while nobody can write to it or to the table it points to.",
                        "ADD CONSTRAINT .. FOREIGN KEY .. NOT VALID, then VALIDATE CONSTRAINT in a later script.",
                        script -> Stream.concat(added(script, "foreign key"), inline(script, "references"))),
                new Rule(
                        "disallowed-unique-constraint",
                        "Adding a UNIQUE constraint builds its index while nobody can read or write the table.",
                        "CREATE UNIQUE INDEX CONCURRENTLY, then ADD CONSTRAINT .. UNIQUE USING INDEX in a later script.",
                        script -> Stream.concat(
                                script.addedConstraints()
                                        .filter(constraint ->
                                                constraint.starts("unique") && !constraint.has("using index")),
                                inline(script, "unique"))),
                new Rule(
                        "adding-serial-primary-key-field",
                        "Adding a PRIMARY KEY builds its index, and often rewrites the table, while nobody can read or write it.",
                        "CREATE UNIQUE INDEX CONCURRENTLY on a NOT NULL column, then ADD CONSTRAINT .. PRIMARY KEY USING INDEX"
                                + " in a later script.",
                        script -> Stream.concat(
                                script.addedConstraints()
                                        .filter(constraint ->
                                                constraint.starts("primary key") && !constraint.has("using index")),
                                inline(script, "primary key"))),
                new Rule(
                        "adding-exclusion-constraint",
                        "An EXCLUDE constraint can't be added NOT VALID: its index is built while nobody can read or write the table.",
                        "a new table that has it from the start, and rows moved there in portions; or an allowance for a table known"
                                + " to be small.",
                        script -> script.addedConstraints().filter(constraint -> constraint.starts("exclude"))));
    }

    private static Stream<Phrase> added(Script script, String kind) {
        return script.addedConstraints().filter(constraint -> constraint.starts(kind) && !constraint.has("not valid"));
    }

    /** Constraints in the definition of an added column. */
    private static Stream<Phrase> inline(Script script, String word) {
        return script.addedColumns().map(Script.Column::definition).filter(definition -> definition.has(word));
    }
}
