package dev.tandem.tool.migration.command;

import dev.tandem.tool.migration.MigrationRefusal;
import dev.tandem.tool.migration.diff.Choices;
import dev.tandem.tool.migration.diff.Comparison;
import dev.tandem.tool.migration.diff.Difference;
import dev.tandem.tool.migration.diff.Operation;
import dev.tandem.tool.migration.diff.SpokenNames;
import dev.tandem.tool.migration.schema.Catalog.Column;
import dev.tandem.tool.migration.schema.Replay;
import dev.tandem.tool.migration.schema.SettledSchema;
import dev.tandem.tool.migration.script.Backfills;
import dev.tandem.tool.migration.script.MigrationScript;
import dev.tandem.tool.migration.script.Revision;
import dev.tandem.tool.migration.script.ScriptWriter;
import dev.tandem.tool.migration.script.Stage;
import dev.tandem.tool.migration.script.Versions;
import dev.tandem.tool.migration.verify.Trial;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A script that fills columns where they are empty, in portions.
 *
 * @param values SQL, by {@code table.column}
 */
record DataRevision(Map<String, String> values, Instant now, Optional<String> head, String message) {

    /**
     * The revision, which has run on a database with a row in every table.
     *
     * @throws MigrationRefusal if there is no such column, or PostgreSQL refuses the values
     */
    Revision tried(Replay replay) {
        SettledSchema schema = SettledSchema.of(replay.atHead());
        Map<String, List<String>> columns = columns(schema);
        MigrationScript script = script(schema, columns);
        Trial.Outcome outcome = new Trial(replay, schema, schema, new Comparison(replay.databases()))
                .of(List.of(script), filling(columns), Choices.NONE);
        outcome.failure().ifPresent(failure -> {
            throw new MigrationRefusal("That can't be filled in: " + failure);
        });
        return new Revision(
                outcome.scripts(),
                Optional.of(BlankScript.nothingToUndo(script)),
                new Difference(List.of(), List.of(), List.of()),
                outcome.warnings());
    }

    /** By table, as SQL names them. */
    private Map<String, List<String>> columns(SettledSchema schema) {
        Map<String, List<String>> columns = new TreeMap<>();
        for (String spoken : values.keySet()) {
            Column column = schema.catalog().columns().stream()
                    .filter(each -> SpokenNames.bare(each.path()).equals(SpokenNames.bare(spoken)))
                    .findFirst()
                    .orElseThrow(() -> new MigrationRefusal(
                            "--backfill " + spoken + " fills nothing: the scripts lead to no such column"));
            columns.computeIfAbsent(column.table(), table -> new ArrayList<>()).add(column.name());
        }
        return columns;
    }

    private MigrationScript script(SettledSchema schema, Map<String, List<String>> columns) {
        Backfills backfills = new Backfills(schema, values);
        List<String> statements = new ArrayList<>();
        columns.forEach((table, names) -> statements.add(backfills.inPortions(table, names, List.of())));
        columns.keySet().forEach(table -> statements.add(backfills.afterwards(table)));
        String slug = Versions.slug(message);
        MigrationScript script = ScriptWriter.scripts(
                        Versions.at(now, head), head, slug, Map.of(Stage.FILL, statements))
                .getFirst();
        return new MigrationScript(script.version(), slug, script.text());
    }

    /** What changes in rows that exist. */
    private static Difference filling(Map<String, List<String>> columns) {
        List<Operation> operations = new ArrayList<>();
        columns.forEach((table, names) ->
                names.forEach(name -> operations.add(new Operation(Operation.Kind.SET_NOT_NULL, table, name, ""))));
        return new Difference(operations, List.of(), List.of());
    }
}
