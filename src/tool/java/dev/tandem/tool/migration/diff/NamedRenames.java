package dev.tandem.tool.migration.diff;

import dev.tandem.tool.migration.MigrationRefusal;
import dev.tandem.tool.migration.diff.Operation.Kind;
import dev.tandem.tool.migration.schema.Catalog;
import java.util.ArrayList;
import java.util.List;

/** The renames that somebody has told us of, checked against both schemas. */
final class NamedRenames {

    private NamedRenames() {}

    static List<Operation> of(List<Rename> renames, Catalog from, Catalog to) {
        List<Operation> operations = new ArrayList<>();
        for (Rename rename : renames) {
            if (rename.owner().isEmpty()) {
                operations.add(table(rename, from, to));
            } else if (from.enums().containsKey(rename.owner())) {
                operations.add(value(rename, from, to));
            } else {
                operations.add(column(rename, renames, from, to));
            }
        }
        // A column is named by its table's new name, which it has once tables have been renamed.
        operations.sort((a, b) -> Boolean.compare(b.kind() == Kind.RENAME_TABLE, a.kind() == Kind.RENAME_TABLE));
        return operations;
    }

    private static Operation table(Rename rename, Catalog from, Catalog to) {
        require(from.hasTable(rename.from()), "There is no table " + rename.from() + " to rename");
        require(to.hasTable(rename.to()), "The model has no table " + rename.to());
        require(!from.hasTable(rename.to()), "There is a table " + rename.to() + " already");
        return new Operation(
                Kind.RENAME_TABLE, rename.from(), "", "ALTER TABLE " + rename.from() + " RENAME TO " + rename.to());
    }

    private static Operation column(Rename rename, List<Rename> all, Catalog from, Catalog to) {
        String before = all.stream()
                .filter(other -> other.owner().isEmpty() && other.to().equals(rename.owner()))
                .map(Rename::from)
                .findFirst()
                .orElse(rename.owner());
        String after = all.stream()
                .filter(other -> other.owner().isEmpty() && other.from().equals(rename.owner()))
                .map(Rename::to)
                .findFirst()
                .orElse(rename.owner());
        require(from.hasTable(before), "There is no table " + rename.owner() + " to rename a column of");
        require(
                from.column(before, rename.from()).isPresent(),
                "There is no column " + rename.from() + " in " + rename.owner());
        require(
                to.column(after, rename.to()).isPresent(),
                "The model has no column " + rename.to() + " in " + rename.owner());
        require(
                from.column(before, rename.to()).isEmpty(),
                "There is a column " + rename.to() + " in " + rename.owner() + " already");
        return new Operation(
                Kind.RENAME_COLUMN,
                after,
                rename.from(),
                "ALTER TABLE " + after + " RENAME COLUMN " + rename.from() + " TO " + rename.to());
    }

    private static Operation value(Rename rename, Catalog from, Catalog to) {
        String type = rename.owner();
        require(from.enums().get(type).contains(rename.from()), "The type " + type + " has no value " + rename.from());
        require(
                to.enums().getOrDefault(type, List.of()).contains(rename.to()),
                "The model's type " + type + " has no value " + rename.to());
        return new Operation(
                Kind.RENAME_VALUE,
                "",
                type,
                "ALTER TYPE " + type + " RENAME VALUE " + quoted(rename.from()) + " TO " + quoted(rename.to()));
    }

    static String quoted(String value) {
        return "'" + value.replace("'", "''") + "'";
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new MigrationRefusal(otherwise);
        }
    }
}
