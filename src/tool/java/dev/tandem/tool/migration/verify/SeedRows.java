package dev.tandem.tool.migration.verify;

import dev.tandem.tool.migration.schema.Catalog;
import dev.tandem.tool.migration.schema.Catalog.Column;
import dev.tandem.tool.migration.schema.Catalog.Constraint;
import dev.tandem.tool.migration.schema.ScratchDatabase;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Puts one row into every table, so that a script runs on real data. The rows satisfy the constraints of the old schema. For existing
 * columns they also satisfy those of the new schema, because a script for valid rows has to be tried on valid rows.
 */
final class SeedRows {

    private final ScratchDatabase database;
    private final Catalog before;
    private final Catalog target;
    private final Map<String, String> unseeded = new LinkedHashMap<>();

    /** @param before of the database */
    SeedRows(ScratchDatabase database, Catalog before, Catalog target) {
        this.database = database;
        this.before = before;
        this.target = target;
    }

    /** The tables that could not be given a row, each with the reason. */
    Map<String, String> plant() {
        List<Constraint> borrowed = borrow();
        Catalog catalog = borrowed.isEmpty() ? before : Catalog.of(database);
        // The row of a partitioned table is already in one of its partitions.
        List<String> partitions = database.rows("select oid::regclass from pg_class where relispartition").stream()
                .map(row -> row.get(0))
                .toList();
        for (String table : parentsFirst(catalog)) {
            if (partitions.contains(table)) {
                continue;
            }
            SeedRow row = new SeedRow(database, catalog, target, table);
            row.plant().ifPresent(reason -> unseeded.put(table, reason));
        }
        borrowed.forEach(constraint -> database.tried(
                "alter table " + constraint.table() + " drop constraint if exists " + constraint.name()));
        return unseeded;
    }

    /** Adds the new schema's checks and foreign keys, under unique names. */
    private List<Constraint> borrow() {
        List<Constraint> borrowed = new ArrayList<>();
        for (Constraint constraint : target.constraints()) {
            boolean rule = constraint.type() == 'c' || constraint.type() == 'f';
            if (rule
                    && before.hasTable(constraint.table())
                    && !before.constraints().contains(constraint)) {
                String name = "borrowed_" + borrowed.size();
                if (database.tried("alter table " + constraint.table() + " add constraint " + name + " "
                        + constraint.definition())) {
                    borrowed.add(new Constraint(constraint.table(), name, constraint.type(), constraint.definition()));
                }
            }
        }
        return borrowed;
    }

    private static Set<String> parentsFirst(Catalog catalog) {
        Set<String> ordered = new LinkedHashSet<>();
        catalog.tables().keySet().forEach(table -> visit(table, catalog, ordered, new LinkedHashSet<>()));
        return ordered;
    }

    private static void visit(String table, Catalog catalog, Set<String> ordered, Set<String> path) {
        if (ordered.contains(table) || !path.add(table)) {
            return;
        }
        catalog.constraints().stream()
                .filter(constraint ->
                        constraint.type() == 'f' && constraint.table().equals(table))
                .map(constraint -> constraint.definition().replaceFirst(".* REFERENCES ([^(]+)\\(.*", "$1"))
                .forEach(parent -> visit(parent, catalog, ordered, path));
        ordered.add(table);
    }

    /** The columns that need a value. */
    static List<Column> columns(Catalog catalog, String table) {
        return catalog.tables().get(table).stream()
                .filter(column -> !column.generated() && !column.identity())
                .toList();
    }
}
