package dev.tandem.tool.migration.lint;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Changes of columns that rewrite or read a whole table, or that fail because it has rows. */
final class ColumnRules {

    /** Functions with one result for the whole statement: PostgreSQL stores it once instead of rewriting the table. */
    private static final Set<String> STABLE = Set.of(
            "now",
            "current_timestamp",
            "localtimestamp",
            "transaction_timestamp",
            "statement_timestamp",
            "pg_current_xact_id",
            "jsonb_build_object",
            "jsonb_build_array",
            "to_jsonb",
            "lower",
            "upper",
            "coalesce");

    private ColumnRules() {}

    static List<Rule> all() {
        return List.of(
                new Rule(
                        "adding-required-field",
                        "A NOT NULL column without a default can't be added to a table that has rows.",
                        "add it nullable, fill it in portions, validate CHECK (.. IS NOT NULL), then SET NOT NULL.",
                        script -> script.addedColumns()
                                .map(Script.Column::definition)
                                .filter(definition -> definition.has("not null"))
                                .filter(definition -> !definition.has("default") && !definition.has("generated"))),
                new Rule(
                        "adding-not-nullable-field",
                        "SET NOT NULL reads the whole table while nobody can read or write it.",
                        "add CHECK (.. IS NOT NULL) NOT VALID, validate it in a later script, and only then SET NOT NULL, which"
                                + " then reads nothing.",
                        ColumnRules::unprovenNotNull),
                new Rule(
                        "adding-field-with-default",
                        "A volatile default, an identity or a stored generated column rewrites the whole table while nobody can read"
                                + " or write it.",
                        "add the column without it, set the default for new rows, and fill the old ones in portions.",
                        script -> script.addedColumns()
                                .map(Script.Column::definition)
                                .filter(definition -> definition.has("stored")
                                        || definition.has("as identity")
                                        || isVolatile(definition.after("default")))),
                new Rule(
                        "changing-column-type",
                        "Most changes of a type rewrite the table and its indexes while nobody can read or write it, and break"
                                + " the version of the application that still runs.",
                        "add a column of the new type, fill it, switch over, drop the old one; a change that PostgreSQL makes in its"
                                + " catalogue alone (a longer varchar, varchar to text) deserves an allowance.",
                        script -> script.alterations()
                                .map(Script.Alteration::clause)
                                .filter(Script::changesType)));
    }

    /** Without an earlier validated check on the same table in the script, PostgreSQL has to read the table. */
    private static Stream<Phrase> unprovenNotNull(Script script) {
        List<Script.Alteration> alterations = script.alterations().toList();
        return alterations.stream()
                .filter(alteration -> alteration.clause().starts("alter")
                        && alteration.clause().has("set not null"))
                .filter(alteration -> alterations.subList(0, alterations.indexOf(alteration)).stream()
                        .noneMatch(earlier -> earlier.table().equals(alteration.table())
                                && earlier.clause().starts("validate constraint")))
                .map(Script.Alteration::clause);
    }

    /** Whether it calls a function that may answer differently for each row; what follows {@code ::} is a type. */
    private static boolean isVolatile(Phrase expression) {
        List<Token> tokens = expression
                .before("references")
                .before("constraint")
                .before("check")
                .tokens();
        for (int i = 0; i + 1 < tokens.size(); i++) {
            boolean call = tokens.get(i).isName() && tokens.get(i + 1).is("(");
            boolean type = i > 0 && tokens.get(i - 1).is(":");
            if (call && !type && !STABLE.contains(tokens.get(i).text())) {
                return true;
            }
        }
        return false;
    }
}
