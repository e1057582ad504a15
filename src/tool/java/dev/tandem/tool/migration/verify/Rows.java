package dev.tandem.tool.migration.verify;

import dev.tandem.tool.migration.diff.Operation;
import dev.tandem.tool.migration.diff.Operation.Kind;
import dev.tandem.tool.migration.schema.Catalog;
import dev.tandem.tool.migration.schema.Catalog.Column;
import dev.tandem.tool.migration.schema.ScratchDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The content of a database: for each table and column the values as text, in no particular order.
 *
 * @param values by table, then by column; a column without rows has an empty list
 */
record Rows(Map<String, Map<String, Cells>> values) {

    record Cells(String type, List<String> texts) {}

    /** @param catalog of the database */
    static Rows of(ScratchDatabase database, Catalog catalog) {
        Map<String, Map<String, Cells>> values = new TreeMap<>();
        catalog.tables().forEach((table, columns) -> {
            Map<String, Cells> cells = new TreeMap<>();
            for (Column column : columns) {
                cells.put(column.name(), new Cells(column.type(), new ArrayList<>()));
            }
            if (!columns.isEmpty()) {
                String names = String.join(
                        ", ",
                        columns.stream().map(column -> column.name() + "::text").toList());
                database.rows("select " + names + " from " + table + " order by 1 limit 1000")
                        .forEach(row -> {
                            for (int i = 0; i < row.size(); i++) {
                                cells.get(columns.get(i).name()).texts().add(row.get(i));
                            }
                        });
            }
            values.put(table, cells);
        });
        return new Rows(values);
    }

    /** What was lost on the way to {@code later} by operations that should not lose anything: missing rows, and texts that have changed. */
    List<String> lost(Rows later, List<Operation> operations) {
        List<String> lost = new ArrayList<>();
        values.forEach((table, columns) -> {
            String name = renamed(operations, Kind.RENAME_TABLE, "", table);
            boolean dropped = operations.stream()
                    .anyMatch(op -> op.kind() == Kind.DROP_TABLE && op.table().equals(table));
            if (dropped && name.equals(table)) {
                return;
            }
            Map<String, Cells> after = later.values().get(name);
            if (after == null) {
                lost.add("table " + table);
                return;
            }
            columns.forEach((column, cells) -> {
                Cells kept = after.get(renamed(operations, Kind.RENAME_COLUMN, name, column));
                if (kept != null
                        && comparable(cells, kept, operations, name, column)
                        && !kept.texts().containsAll(cells.texts())) {
                    lost.add("values of " + table + "." + column);
                }
                if (kept != null && kept.texts().size() < cells.texts().size()) {
                    lost.add("rows of " + table);
                }
            });
        });
        return lost;
    }

    /** Values of one type, and any two kinds of text, must stay the same; re-created and backfilled columns may change. */
    private static boolean comparable(
            Cells before, Cells after, List<Operation> operations, String table, String column) {
        boolean changed = operations.stream()
                .anyMatch(op -> op.subject().equals(table + "." + column)
                        && (op.kind() == Kind.ADD_COLUMN || op.kind() == Kind.SET_NOT_NULL));
        boolean renamedValue = operations.stream()
                .anyMatch(op -> op.kind() == Kind.RENAME_VALUE
                        && op.name().equals(before.type().replace("[]", "")));
        return !changed
                && !renamedValue
                && (before.type().equals(after.type()) || text(before.type()) && text(after.type()));
    }

    private static boolean text(String type) {
        return type.startsWith("character varying") || type.equals("text");
    }

    private static String renamed(List<Operation> operations, Kind kind, String table, String name) {
        String now = name;
        for (Operation operation : operations) {
            boolean same = kind == Kind.RENAME_TABLE
                    ? operation.table().equals(now)
                    : operation.table().equals(table) && operation.name().equals(now);
            now = operation.kind() == kind && same ? operation.renamed() : now;
        }
        return now;
    }
}
