package dev.tandem.tool.migration.diff;

import dev.tandem.tool.migration.MigrationRefusal;
import dev.tandem.tool.migration.diff.Operation.Kind;
import dev.tandem.tool.migration.schema.Catalog;
import java.util.ArrayList;
import java.util.List;

/** The renames that the user has named, checked against both schemas. */
final class NamedRenames {

    private NamedRenames() {}

    static List<Operation> of(List<Rename> said, Catalog from, Catalog to) {
        List<Rename> renames =
                said.stream().filter(rename -> !MovedColumns.is(rename, from)).toList();
        List<Rename> tables =
                renames.stream().filter(rename -> ofTable(rename, from)).toList();
        List<Operation> operations = new ArrayList<>();
        // A column is named with its table's new name, which is valid once the tables have been renamed.
        tables.forEach(rename -> operations.addAll(table(rename, from, to)));
        for (Rename rename : renames) {
            if (from.enums().containsKey(SpokenNames.type(from, rename.owner()))) {
                operations.add(value(rename, from, to));
            } else if (!tables.contains(rename)) {
                operations.add(column(rename, tables, from, to));
            }
        }
        return operations;
    }

    private static boolean ofTable(Rename rename, Catalog from) {
        return rename.owner().isEmpty() || from.hasTable(SpokenNames.table(from, rename.fromTable()));
    }

    private static List<Operation> table(Rename rename, Catalog from, Catalog to) {
        String before = SpokenNames.table(from, rename.fromTable());
        String after = SpokenNames.table(to, rename.toTable());
        require(from.hasTable(before), "There is no table " + before + " to rename");
        require(to.hasTable(after), "The model has no table " + after);
        require(!from.hasTable(after), "There is a table " + after + " already");
        List<Operation> operations = new ArrayList<>();
        String moved = Catalog.beside(after, before.substring(before.lastIndexOf('.') + 1));
        if (!moved.equals(Catalog.beside(before, moved.substring(moved.lastIndexOf('.') + 1)))) {
            String schema = after.contains(".") ? after.substring(0, after.lastIndexOf('.')) : "public";
            if (!from.others().contains("schema " + schema)) {
                operations.add(new Operation(Kind.CREATE_SCHEMA, "", schema, "CREATE SCHEMA " + schema));
            }
            operations.add(
                    new Operation(Kind.RENAME_TABLE, before, "", "ALTER TABLE " + before + " SET SCHEMA " + schema));
        }
        if (!moved.equals(after)) {
            operations.add(new Operation(
                    Kind.RENAME_TABLE,
                    moved,
                    "",
                    "ALTER TABLE " + moved + " RENAME TO " + after.substring(after.lastIndexOf('.') + 1)));
        }
        return operations;
    }

    /** The column's table may be given by its old or its new name. */
    private static Operation column(Rename rename, List<Rename> tables, Catalog from, Catalog to) {
        String said = SpokenNames.bare(rename.owner());
        Rename ofTable = tables.stream()
                .filter(table -> said.equals(SpokenNames.bare(table.fromTable()))
                        || said.equals(SpokenNames.bare(table.toTable())))
                .findFirst()
                .orElse(new Rename("", rename.owner(), rename.owner()));
        String before = SpokenNames.table(from, ofTable.fromTable());
        String after = SpokenNames.table(to, ofTable.toTable());
        String oldName = SpokenNames.column(from, before, rename.from());
        String newName = SpokenNames.column(to, after, rename.to());
        require(from.hasTable(before), "There is no table " + rename.owner() + " to rename a column of");
        require(
                from.column(before, oldName).isPresent(),
                "There is no column " + rename.from() + " in " + rename.owner());
        require(
                to.column(after, newName).isPresent(),
                "The model has no column " + rename.to() + " in " + rename.owner());
        require(
                from.column(before, newName).isEmpty(),
                "There is a column " + rename.to() + " in " + rename.owner() + " already");
        return new Operation(
                Kind.RENAME_COLUMN,
                after,
                oldName,
                "ALTER TABLE " + after + " RENAME COLUMN " + oldName + " TO " + newName);
    }

    private static Operation value(Rename rename, Catalog from, Catalog to) {
        String type = SpokenNames.type(from, rename.owner());
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
