package dev.tandem.tool.migration.diff;

import dev.tandem.tool.migration.MigrationRefusal;
import dev.tandem.tool.migration.diff.Operation.Kind;
import dev.tandem.tool.migration.schema.Catalog;
import dev.tandem.tool.migration.schema.Catalog.Column;
import dev.tandem.tool.migration.schema.Dependents;
import dev.tandem.tool.migration.schema.ScratchDatabase;
import dev.tandem.tool.migration.schema.SettledSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Enums that have lost a value, or whose values have a new order. PostgreSQL can only add values, so the type is replaced by a new one of
 * the same name, to which its columns are converted with their rows. A row with a removed value makes the script fail; nothing is changed
 * silently.
 */
final class EnumChanges {

    /** Hibernate makes two for each enum, so that it can compare values with texts. */
    private static final String CASTS = """
        select format('DROP CAST (%%s AS %%s)', castsource::regtype, casttarget::regtype),
               format('CREATE CAST (%%s AS %%s) %%s%%s', castsource::regtype, casttarget::regtype,
                      case castmethod when 'i' then 'WITH INOUT' when 'b' then 'WITHOUT FUNCTION'
                           else 'WITH FUNCTION ' || castfunc::regprocedure end,
                      case castcontext when 'i' then ' AS IMPLICIT' when 'a' then ' AS ASSIGNMENT' else '' end)
        from pg_cast where '%s'::regtype in (castsource, casttarget)\
        """;

    private final Catalog from;
    private final ScratchDatabase database;
    private final SettledSchema target;
    private final Catalog to;

    EnumChanges(Catalog from, ScratchDatabase database, SettledSchema target) {
        this.from = from;
        this.database = database;
        this.target = target;
        this.to = target.catalog();
    }

    List<Operation> of(Choices choices) {
        List<Operation> operations = new ArrayList<>();
        from.enums().forEach((type, before) -> {
            List<String> after = to.enums().get(type);
            if (after == null || subsequence(before, after)) {
                return;
            }
            if (!choices.noRename()) {
                refuseRename(type, before, after);
            }
            Kind kind = after.containsAll(before) ? Kind.REORDER_ENUM : Kind.REPLACE_ENUM;
            operations.add(new Operation(kind, "", type, replacement(type, after)));
        });
        return operations;
    }

    /** Whether values have only been added. */
    private static boolean subsequence(List<String> before, List<String> after) {
        int found = 0;
        for (String value : after) {
            if (found < before.size() && before.get(found).equals(value)) {
                found++;
            }
        }
        return found == before.size();
    }

    private static void refuseRename(String type, List<String> before, List<String> after) {
        List<String> gone =
                before.stream().filter(value -> !after.contains(value)).toList();
        List<String> come =
                after.stream().filter(value -> !before.contains(value)).toList();
        if (!gone.isEmpty() && !come.isEmpty()) {
            String options = gone.stream()
                    .flatMap(old -> come.stream().map(now -> "--rename " + new Rename(type, old, now)))
                    .collect(Collectors.joining(" or "));
            throw new MigrationRefusal("Renamed, or removed and added? Say " + options + ", or --no-rename");
        }
    }

    private String replacement(String type, List<String> values) {
        String old = type.endsWith("\"") ? type.substring(0, type.length() - 1) + "_old\"" : type + "_old";
        List<Column> columns =
                from.columns().stream().filter(column -> isOf(column, type)).toList();
        List<Dependents.Dependent> users = Dependents.of(database, columns);
        List<List<String>> casts = database.rows(CASTS.formatted(type.replace("'", "''")));
        List<String> sql = new ArrayList<>();
        users.forEach(user -> sql.add(user.drop()));
        dependents(type, from).forEach(dependent -> sql.add(dependent.drop()));
        casts.forEach(cast -> sql.add(cast.get(0)));
        sql.add("ALTER TYPE " + type + " RENAME TO " + old.replaceFirst(".*\\.", ""));
        sql.add("CREATE TYPE " + type + " AS ENUM ("
                + String.join(", ", values.stream().map(NamedRenames::quoted).toList()) + ")");
        columns.forEach(column -> sql.addAll(moved(column, to)));
        sql.add("DROP TYPE " + old);
        dependents(type, from)
                .map(dependent -> dependent.create(to))
                .flatMap(Optional::stream)
                .forEach(sql::add);
        casts.forEach(cast -> sql.add(cast.get(1)));
        users.reversed().forEach(user -> sql.addAll(Dependents.definition(user, target.database(), database)));
        return String.join(";\n", sql);
    }

    private static boolean isOf(Column column, String type) {
        return column.type().equals(type) || column.type().equals(type + "[]");
    }

    private static List<String> moved(Column column, Catalog to) {
        String change = "ALTER TABLE " + column.table() + " ALTER COLUMN " + column.name();
        String defaultTo =
                to.column(column.table(), column.name()).map(Column::defaultTo).orElse("");
        List<String> sql = new ArrayList<>();
        if (!column.defaultTo().isEmpty()) {
            sql.add(change + " DROP DEFAULT");
        }
        sql.add(change + " TYPE " + column.type() + throughText(column.name(), column.type()));
        if (!defaultTo.isEmpty()) {
            sql.add(change + " SET DEFAULT " + defaultTo);
        }
        return sql;
    }

    /** The end of a change of type: PostgreSQL has no cast from one enum to another. */
    static String throughText(String column, String type) {
        return " USING " + column + (type.endsWith("[]") ? "::text[]::" : "::text::") + type;
    }

    /** A check or an index whose expression names the type, and would keep the old one in use. */
    private record Dependent(String table, String name, boolean index) {

        String drop() {
            return index
                    ? "DROP INDEX " + Catalog.beside(table, name)
                    : "ALTER TABLE " + table + " DROP CONSTRAINT " + name;
        }

        /** As the model has it; what the model does not have is not created again. */
        Optional<String> create(Catalog to) {
            return index
                    ? to.index(table, name)
                            .map(found -> found.definition().replaceFirst("INDEX ON ", "INDEX " + name + " ON "))
                    : to.constraint(table, name)
                            .map(found ->
                                    "ALTER TABLE " + table + " ADD CONSTRAINT " + name + " " + found.definition());
        }
    }

    private static Stream<Dependent> dependents(String type, Catalog catalog) {
        String cast = "::" + type;
        return Stream.concat(
                catalog.constraints().stream()
                        .filter(constraint -> constraint.definition().contains(cast))
                        .map(constraint -> new Dependent(constraint.table(), constraint.name(), false)),
                catalog.indexes().stream()
                        .filter(index -> index.definition().contains(cast))
                        .map(index -> new Dependent(index.table(), index.name(), true)));
    }
}
