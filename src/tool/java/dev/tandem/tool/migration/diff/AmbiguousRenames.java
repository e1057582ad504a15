package dev.tandem.tool.migration.diff;

import dev.tandem.tool.migration.MigrationRefusal;
import dev.tandem.tool.migration.diff.Operation.Kind;
import dev.tandem.tool.migration.schema.Catalog;
import dev.tandem.tool.migration.schema.Catalog.Column;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Refuses to guess between a rename and a removal with an addition. */
final class AmbiguousRenames {

    /** The share of equal columns from which two tables may be one that was renamed. */
    private static final double ALIKE = 0.7;

    private AmbiguousRenames() {}

    static void refuse(List<Operation> operations, Catalog from, Catalog to) {
        List<Rename> candidates = new ArrayList<>();
        for (Operation drop : of(operations, Kind.DROP_COLUMN)) {
            for (Operation add : of(operations, Kind.ADD_COLUMN)) {
                if (drop.table().equals(add.table())
                        && !drop.name().equals(add.name())
                        && type(from, drop).equals(type(to, add))) {
                    candidates.add(new Rename(drop.table(), drop.name(), add.name()));
                }
            }
        }
        for (Operation drop : of(operations, Kind.DROP_TABLE)) {
            for (Operation create : of(operations, Kind.CREATE_TABLE)) {
                Rename rename = Rename.ofTables(drop.table(), create.table());
                if (rename.toTable().equals(create.table())
                        && alike(from.tables().get(drop.table()), to.tables().get(create.table()))) {
                    candidates.add(rename);
                }
            }
        }
        if (!candidates.isEmpty()) {
            String options = String.join(
                    " or ",
                    candidates.stream().map(rename -> "--rename " + rename).toList());
            throw new MigrationRefusal("Renamed, or removed and added? Say " + options + ", or --no-rename");
        }
    }

    private static List<Operation> of(List<Operation> operations, Kind kind) {
        return operations.stream().filter(operation -> operation.kind() == kind).toList();
    }

    private static String type(Catalog catalog, Operation operation) {
        return catalog.column(operation.table(), operation.name())
                .map(column -> column.type() + column.generated())
                .orElse(operation.subject());
    }

    private static boolean alike(List<Column> before, List<Column> after) {
        Set<String> equal = new HashSet<>(shapes(before));
        equal.retainAll(shapes(after));
        int most = Math.max(before.size(), after.size());
        return most > 0 && equal.size() >= ALIKE * most;
    }

    private static Set<String> shapes(List<Column> columns) {
        Set<String> shapes = new HashSet<>();
        columns.forEach(column -> shapes.add(column.name() + " " + column.type()));
        return shapes;
    }
}
