package dev.tandem.tool.migration.diff;

import dev.tandem.tool.migration.MigrationRefusal;
import dev.tandem.tool.migration.diff.Operation.Kind;
import dev.tandem.tool.migration.schema.Catalog;
import dev.tandem.tool.migration.schema.ScratchDatabase;
import dev.tandem.tool.migration.schema.ScratchDatabases;
import dev.tandem.tool.migration.schema.SettledSchema;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;

/** A comparison that applies the user's decisions, asks for missing ones, and holds back what loses data. */
public final class Comparison {

    /** Objects that only SQL can declare: if only the first schema has one, its declaration was forgotten, not removed. */
    private static final Set<Kind> DRIFT = Set.of(
            Kind.DROP_FUNCTION,
            Kind.DROP_VIEW,
            Kind.DROP_TRIGGER,
            Kind.DROP_EXTENSION,
            Kind.DROP_POLICY,
            Kind.DROP_SCHEMA);

    private final SchemaDiff engine = new CodeKeeperDiff();
    private final ScratchDatabases databases;

    public Comparison(ScratchDatabases databases) {
        this.databases = databases;
    }

    /**
     * The difference between two schemas.
     *
     * @throws MigrationRefusal if it is ambiguous, if a choice does not fit, or if it contains a serial column
     */
    public Difference of(SettledSchema from, SettledSchema to, Choices choices) {
        Catalog source = from.catalog();
        Catalog target = to.catalog();
        SerialColumns.refuse(source, target);
        if (preparations(choices, to).stream()
                .allMatch(step -> step.apply(source, from.database()).isEmpty())) {
            return difference(List.of(), from, to, choices);
        }
        // Renames and changed enums are carried out before the rest is compared.
        ScratchDatabase prepared = databases.copyOf(from.database());
        try {
            List<Operation> operations = new ArrayList<>();
            preparations(choices, to).forEach(step -> operations.addAll(carriedOut(prepared, step)));
            return difference(operations, SettledSchema.alreadySettled(prepared), to, choices);
        } finally {
            databases.drop(prepared);
        }
    }

    /** A step on the way from a schema. */
    private interface Preparation extends BiFunction<Catalog, ScratchDatabase, List<Operation>> {}

    private static List<Preparation> preparations(Choices choices, SettledSchema to) {
        Catalog target = to.catalog();
        return List.of(
                (source, database) -> NamedRenames.of(choices.renames(), source, target),
                (source, database) -> RenamedObjects.of(source, target),
                (source, database) -> RenamedCode.functions(database, to.database()),
                (source, database) -> RenamedCode.others(database, to.database()),
                (source, database) -> new EnumChanges(source, database, to).of(choices));
    }

    private Difference difference(List<Operation> prepared, SettledSchema from, SettledSchema to, Choices choices) {
        Catalog source = from.catalog();
        Catalog target = to.catalog();
        List<Operation> rest = new Retyping(from.database(), to.database(), source)
                .completed(new Corrections(source, target, from.database()).correct(engine.between(from, to)));
        rest = new MovedColumns(source, target).of(choices.renames(), rest);
        rest = new UnnoticedProperties(from, to).completed(rest);
        if (!choices.noRename()) {
            new AmbiguousRenames(source, target, from.database(), choices).refuse(rest);
        }
        List<Operation> drift = rest.stream()
                .filter(operation -> DRIFT.contains(operation.kind()))
                .filter(operation -> !Others.declares(target, operation) && !choices.allows(operation))
                .toList();
        if (!choices.noRename()) {
            RenamedCode.refuse(drift, rest);
        }
        List<Operation> operations = new ArrayList<>(prepared);
        rest.stream().filter(operation -> !drift.contains(operation)).forEach(operations::add);
        return new Difference(operations, heldBack(operations, choices), drift);
    }

    private static List<Operation> carriedOut(ScratchDatabase database, Preparation changes) {
        List<Operation> operations = changes.apply(Catalog.of(database), database);
        try {
            database.run(operations.stream().map(Operation::sql).toList());
        } catch (SQLException e) {
            throw new MigrationRefusal(
                    "This change needs a hand-written script: " + e.getMessage().replaceAll("\\s+", " "), e);
        }
        return operations;
    }

    /** Everything about the same object is held back together: a column that is not dropped cannot be added again. */
    private static List<Operation> heldBack(List<Operation> operations, Choices choices) {
        Set<String> subjects = new HashSet<>();
        Set<String> tables = new HashSet<>();
        for (Operation operation : operations) {
            if (operation.destructive() && !choices.allows(operation)) {
                subjects.add(operation.subject());
                if (operation.kind() == Kind.DROP_TABLE) {
                    tables.add(operation.table());
                }
            }
        }
        return operations.stream()
                .filter(operation -> subjects.contains(operation.subject()) || tables.contains(operation.table()))
                .toList();
    }
}
