package dev.tandem.tool.migration.diff;

import dev.tandem.tool.migration.MigrationRefusal;
import dev.tandem.tool.migration.diff.Operation.Kind;
import dev.tandem.tool.migration.schema.Catalog;
import dev.tandem.tool.migration.schema.Catalog.Column;
import dev.tandem.tool.migration.schema.ScratchDatabase;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Refuses to guess between a rename and a removal with an addition. A column may also have got a new type with its new name, if PostgreSQL
 * turns one into the other, unless the user has allowed its removal.
 */
record AmbiguousRenames(Catalog from, Catalog to, ScratchDatabase server, Choices choices) {

    /** The share of equal columns from which two tables may be one that was renamed. */
    private static final double ALIKE = 0.7;

    void refuse(List<Operation> operations) {
        List<Rename> candidates = new ArrayList<>();
        for (Operation drop : of(operations, Kind.DROP_COLUMN)) {
            for (Operation add : of(operations, Kind.ADD_COLUMN)) {
                if (drop.table().equals(add.table()) && !drop.name().equals(add.name()) && maybe(drop, add)) {
                    candidates.add(new Rename(drop.table(), drop.name(), add.name()));
                }
            }
        }
        MovedColumns moves = new MovedColumns(from, to);
        of(operations, Kind.DROP_COLUMN).stream()
                .filter(drop -> !choices.allows(drop))
                .forEach(drop -> of(operations, Kind.ADD_COLUMN)
                        .forEach(add -> moves.candidate(drop, add).ifPresent(candidates::add)));
        for (Operation drop : of(operations, Kind.DROP_TABLE)) {
            for (Operation create : of(operations, Kind.CREATE_TABLE)) {
                Rename rename = Rename.ofTables(drop.table(), create.table());
                // A table that is created again, because it can't be changed, is nobody's successor.
                if (!to.hasTable(drop.table())
                        && !from.hasTable(create.table())
                        && rename.toTable().equals(create.table())
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

    private boolean maybe(Operation drop, Operation add) {
        Optional<Column> before = from.column(drop.table(), drop.name());
        Optional<Column> after = to.column(add.table(), add.name());
        if (before.isEmpty()
                || after.isEmpty()
                || before.get().generated() != after.get().generated()) {
            return false;
        }
        String old = before.get().type();
        String now = after.get().type();
        return old.equals(now)
                || !before.get().generated() && !choices.allows(drop) && (text(old) || server.converts(old, now));
    }

    /** Any type can be read from a text. */
    private static boolean text(String type) {
        return type.startsWith("character varying") || type.equals("text");
    }

    private static List<Operation> of(List<Operation> operations, Kind kind) {
        return operations.stream().filter(operation -> operation.kind() == kind).toList();
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
