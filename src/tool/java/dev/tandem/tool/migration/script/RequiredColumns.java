package dev.tandem.tool.migration.script;

import dev.tandem.tool.migration.diff.Operation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Columns that become NOT NULL in tables that may have rows. With a validated check, SET NOT NULL does not have to read the table under its
 * lock. The checks are added before rows are filled, so that no new row leaves the column empty meanwhile. Every check is evaluated for
 * each updated row, so the columns of a table are filled together.
 */
final class RequiredColumns {

    private record Required(Operation operation, boolean added) {

        String check() {
            return SqlText.name("ck_" + operation.table() + "_" + operation.name() + "_not_null");
        }

        String alterTable() {
            return "ALTER TABLE " + operation.table();
        }
    }

    private final Backfills backfills;
    private final Map<String, List<Required>> tables = new LinkedHashMap<>();

    RequiredColumns(Backfills backfills) {
        this.backfills = backfills;
    }

    /**
     * Adds a column, and returns the statement that prevents empty values from now on.
     *
     * @param added whether the column is new, and so empty in all existing rows
     */
    String add(Operation operation, boolean added) {
        Required column = new Required(operation, added);
        tables.computeIfAbsent(operation.table(), table -> new ArrayList<>()).add(column);
        return column.alterTable() + " ADD CONSTRAINT " + column.check() + " CHECK (" + operation.name()
                + " IS NOT NULL) NOT VALID";
    }

    /** Fills the existing rows: one statement for each table. */
    List<String> filled() {
        List<String> statements = new ArrayList<>();
        tables.forEach((table, columns) -> statements.add(backfills.inPortions(
                table,
                columns.stream().map(column -> column.operation().name()).toList(),
                columns.stream()
                        .filter(Required::added)
                        .map(column -> column.operation().name())
                        .toList())));
        return statements;
    }

    /** The tables whose rows are filled. */
    Set<String> tables() {
        return tables.keySet();
    }

    /** Reads the tables, while others write to them. */
    List<String> validated() {
        return all().map(column -> column.alterTable() + " VALIDATE CONSTRAINT " + column.check())
                .toList();
    }

    /** Turns the checks into the requested NOT NULL. It takes its lock only for a moment, but keeps it until the script ends. */
    List<String> required() {
        return all().flatMap(column -> Stream.of(
                        column.alterTable() + " ALTER COLUMN "
                                + column.operation().name() + " SET NOT NULL",
                        column.alterTable() + " DROP CONSTRAINT " + column.check()))
                .toList();
    }

    private Stream<Required> all() {
        return tables.values().stream().flatMap(List::stream);
    }
}
