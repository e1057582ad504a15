package dev.tandem.tool.migration.diff;

import dev.tandem.tool.migration.diff.Operation.Kind;
import dev.tandem.tool.migration.schema.Catalog;
import dev.tandem.tool.migration.schema.Catalog.Column;
import dev.tandem.tool.migration.schema.Dependents;
import dev.tandem.tool.migration.schema.Dependents.Dependent;
import dev.tandem.tool.migration.schema.ScratchDatabase;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Lets columns change their type although views, triggers, policies or generated columns use them. */
record Retyping(ScratchDatabase from, ScratchDatabase to, Catalog source) {

    List<Operation> completed(List<Operation> operations) {
        List<Column> retyped = operations.stream()
                .filter(operation -> operation.kind() == Kind.CHANGE_TYPE || operation.kind() == Kind.NARROW_TYPE)
                .map(operation -> source.column(operation.table(), operation.name()))
                .flatMap(Optional::stream)
                .toList();
        if (retyped.isEmpty()) {
            return operations;
        }
        List<Dependent> dependents = Dependents.of(from, retyped);
        Set<String> generated = new HashSet<>(Dependents.generated(from, retyped));
        Set<String> names = new HashSet<>();
        dependents.forEach(dependent -> names.add(key(dependent.table(), dependent.name())));
        List<Operation> completed = new ArrayList<>();
        dependents.forEach(dependent -> completed.add(dropped(dependent)));
        operations.stream()
                .filter(operation -> !about(operation, names))
                .map(operation -> operation.kind() == Kind.DROP_COLUMN && generated.contains(operation.subject())
                        ? operation.as(Kind.CHANGE_COLUMN)
                        : operation)
                .forEach(completed::add);
        completed.addAll(place(completed), created(dependents));
        return completed;
    }

    /** After the columns, and before what is new and may need it. */
    private static int place(List<Operation> operations) {
        int place = 0;
        for (int i = 0; i < operations.size(); i++) {
            Kind kind = operations.get(i).kind();
            boolean late = kind == Kind.CREATE_VIEW || kind == Kind.CREATE_TRIGGER || kind == Kind.CREATE_POLICY;
            place = late ? place : i + 1;
        }
        return place;
    }

    private List<Operation> created(List<Dependent> dependents) {
        List<Operation> created = new ArrayList<>();
        for (Dependent dependent : dependents.reversed()) {
            for (String sql : Dependents.definition(dependent, to, from)) {
                created.add(new Operation(
                        kind(dependent, Kind.CREATE_VIEW, Kind.CREATE_TRIGGER, Kind.CREATE_POLICY),
                        dependent.table(),
                        dependent.name(),
                        sql));
            }
        }
        return created;
    }

    private static Operation dropped(Dependent dependent) {
        return new Operation(Kind.RECREATE, dependent.table(), dependent.name(), dependent.drop());
    }

    private static Kind kind(Dependent dependent, Kind view, Kind trigger, Kind policy) {
        return switch (dependent.kind()) {
            case "view" -> view;
            case "trigger" -> trigger;
            default -> policy;
        };
    }

    /** What the engine does about the same objects, it does without what belongs to them. */
    private static boolean about(Operation operation, Set<String> names) {
        return switch (operation.kind()) {
            case CREATE_VIEW, DROP_VIEW, CREATE_TRIGGER, DROP_TRIGGER, CREATE_POLICY, DROP_POLICY ->
                names.contains(key(operation.table(), operation.name()));
            case CREATE_INDEX, DROP_INDEX -> names.contains(key("", operation.table()));
            case COMMENT ->
                names.contains(key("", operation.name()))
                        || names.contains(key("", operation.name().replaceFirst("\\.[^.]+$", "")));
            default -> false;
        };
    }

    private static String key(String table, String name) {
        return table + " " + name;
    }
}
