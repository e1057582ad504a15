package dev.tandem.tool.migration.lint;

import java.util.List;
import java.util.stream.Stream;

/** Changes that break the version of the application that still runs, and changes that cannot be taken back. */
final class CompatibilityRules {

    private CompatibilityRules() {}

    static List<Rule> all() {
        return List.of(
                new Rule(
                        "renaming-column",
                        "The version of the application that still runs asks for the old name.",
                        "add a column, write both, fill the old rows, and drop the old column one release later.",
                        script -> script.altering("rename")
                                .filter(clause -> !clause.starts("rename to") && !clause.starts("rename constraint"))),
                new Rule(
                        "renaming-table",
                        "The version of the application that still runs asks for the old name.",
                        "a view under the old name in the same script, dropped one release later.",
                        script -> script.altering("rename to")),
                new Rule(
                        "ban-drop-column",
                        "The column's values are gone for good, and the version of the application that still runs asks for them.",
                        "stop using the column in one release, drop it in the next.",
                        script -> script.altering("drop").filter(clause -> !clause.starts("drop constraint"))),
                new Rule(
                        "ban-drop-table",
                        "The table's rows are gone for good, and the version of the application that still runs asks for them.",
                        "stop using the table in one release, drop it in the next.",
                        script -> script.starting("drop table")
                                .filter(statement -> script.existed(Script.table(statement)))),
                new Rule(
                        "ban-drop-database",
                        "A migration runs inside the database, so it drops somebody else's.",
                        "nothing; a database is dropped by hand.",
                        script -> script.starting("drop database")),
                new Rule(
                        "ban-drop-not-null",
                        "The version of the application that still runs does not expect a null.",
                        "release an application that can read nulls first, then allow this one.",
                        script -> script.altering("alter").filter(clause -> clause.has("drop not null"))),
                new Rule(
                        "ban-truncate-cascade",
                        "CASCADE empties every table that points here, and the ones that point there.",
                        "TRUNCATE with each table named, or DELETE.",
                        script -> script.starting("truncate").filter(statement -> statement.has("cascade"))),
                new Rule(
                        "ban-drop-cascade",
                        "CASCADE drops whatever depends on it, also what nobody remembered.",
                        "drop each dependent thing by its name first.",
                        script -> Stream.concat(
                                script.starting("drop").filter(statement -> statement.has("cascade")),
                                script.altering("drop").filter(clause -> clause.has("cascade")))));
    }
}
