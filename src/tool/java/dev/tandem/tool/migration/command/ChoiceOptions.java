package dev.tandem.tool.migration.command;

import dev.tandem.tool.migration.MigrationRefusal;
import dev.tandem.tool.migration.diff.Choices;
import dev.tandem.tool.migration.diff.Difference;
import dev.tandem.tool.migration.diff.Rename;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Option;

/** Decisions that only the user can make. */
final class ChoiceOptions {

    @Option(
            names = "--rename",
            paramLabel = "TABLE.OLD:NEW",
            description = "A column has a new name; OLD:NEW for a table. Repeatable.")
    List<String> renames = List.of();

    @Option(names = "--no-rename", description = "What looks like a rename is a removal and an addition.")
    boolean noRename;

    @Option(
            names = "--allow-drop",
            paramLabel = "TABLE[.COLUMN]",
            description = "May be dropped or narrowed, with what is in it. Repeatable.")
    List<String> drops = List.of();

    @Option(
            names = "--backfill",
            paramLabel = "TABLE.COLUMN=SQL",
            description =
                    "What existing rows get in a column that becomes NOT NULL, or, with --data, is empty. Repeatable.")
    List<String> backfills = List.of();

    Choices choices() {
        return new Choices(renames.stream().map(Rename::parse).toList(), noRename, Set.copyOf(drops), backfills());
    }

    /**
     * An allowed drop that does not happen was most likely misspelt.
     *
     * @throws MigrationRefusal if there is one
     */
    void refuseNeedless(Difference difference) {
        for (String drop : drops) {
            Choices only = new Choices(List.of(), false, Set.of(drop), Map.of());
            if (difference.operations().stream().noneMatch(only::allows)) {
                throw new MigrationRefusal("--allow-drop " + drop + " allows nothing: no step is about it");
            }
        }
    }

    private Map<String, String> backfills() {
        Map<String, String> values = new HashMap<>();
        for (String backfill : backfills) {
            int end = backfill.indexOf('=');
            if (end < 1) {
                throw new MigrationRefusal(
                        "\"" + backfill + "\" is no backfill; write table.column=SQL, such as book.pages=0");
            }
            values.put(backfill.substring(0, end), backfill.substring(end + 1));
        }
        return values;
    }
}
