package dev.tandem.tool.migration.script;

import dev.tandem.tool.migration.diff.Operation;
import dev.tandem.tool.migration.diff.Operation.Kind;
import dev.tandem.tool.migration.schema.Catalog;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Indexes and keys that take the place of others. The successor is built beside its predecessor, because building it may fail over the
 * rows, and only then do they change places in one transaction. Until then the predecessor does its work.
 */
final class Successors {

    private final Catalog from;
    private final Function<Operation, String> oldTable;

    /** The subjects that are built. */
    private final Set<String> built = new HashSet<>();

    /** The subjects that go. What goes with its column goes by itself, and makes way by that. */
    private final Set<String> dropped = new HashSet<>();

    /** The tables for which something unique is built. */
    private final Set<String> uniquelyBuilt = new HashSet<>();

    private final List<String> drops = new ArrayList<>();
    private final List<String> cleanup = new ArrayList<>();

    /** @param oldTable the name that the table of an operation has in {@code from} */
    Successors(Catalog from, Function<Operation, String> oldTable) {
        this.from = from;
        this.oldTable = oldTable;
    }

    void lookAt(List<Operation> operations) {
        for (Operation operation : operations) {
            boolean key = operation.kind() == Kind.ADD_PRIMARY_KEY || operation.kind() == Kind.ADD_UNIQUE;
            if (operation.kind() == Kind.DROP_INDEX || operation.kind() == Kind.DROP_CONSTRAINT) {
                dropped.add(operation.subject());
            }
            if (key || operation.kind() == Kind.CREATE_INDEX) {
                built.add(operation.subject());
            }
            if (key || operation.kind() == Kind.CREATE_INDEX && operation.sql().startsWith("CREATE UNIQUE ")) {
                uniquelyBuilt.add(operation.table());
            }
        }
    }

    /** The name under which an index is built: its own, unless its predecessor still has that. */
    String buildName(Operation operation) {
        return predecessorIsConstraint(operation) || predecessorIsIndex(operation)
                ? SqlText.name(operation.name() + "_next")
                : operation.name();
    }

    /** Takes the name from the predecessor. */
    List<String> makingWay(Operation operation) {
        if (predecessorIsConstraint(operation)) {
            return List.of("ALTER TABLE " + operation.table() + " DROP CONSTRAINT " + operation.name());
        }
        if (!predecessorIsIndex(operation)) {
            return List.of();
        }
        String old = SqlText.name(operation.name() + "_old");
        cleanup.add("DROP INDEX CONCURRENTLY IF EXISTS " + Catalog.beside(operation.table(), old));
        return List.of("ALTER INDEX " + Catalog.beside(operation.table(), operation.name()) + " RENAME TO " + old);
    }

    /** Gives the name to an index; a constraint gives it to its index itself. */
    List<String> renamed(Operation operation) {
        String built = buildName(operation);
        return built.equals(operation.name())
                ? List.of()
                : List.of("ALTER INDEX " + Catalog.beside(operation.table(), built) + " RENAME TO " + operation.name());
    }

    /** Whether something with the name of a dropped constraint or index takes its place. */
    boolean isReplaced(Operation drop) {
        return built.contains(drop.subject()) && (predecessorIsConstraint(drop) || predecessorIsIndex(drop));
    }

    /** Whether a dropped key may have a successor of another name. */
    boolean comesLater(Operation drop) {
        return uniquelyBuilt.contains(drop.table())
                && from.constraint(oldTable.apply(drop), drop.name())
                        .filter(constraint -> constraint.type() == 'p' || constraint.type() == 'u')
                        .isPresent();
    }

    /** An index that goes; after those that come. */
    void drop(Operation operation) {
        if (!isReplaced(operation)) {
            drops.add("DROP INDEX CONCURRENTLY IF EXISTS " + Catalog.beside(operation.table(), operation.name()));
        }
    }

    List<String> drops() {
        return drops;
    }

    /** What the last script drops. */
    List<String> cleanup() {
        return cleanup;
    }

    private boolean predecessorIsConstraint(Operation operation) {
        return dropped.contains(operation.subject())
                && from.constraint(oldTable.apply(operation), operation.name())
                        .filter(constraint -> "pux".indexOf(constraint.type()) >= 0)
                        .isPresent();
    }

    private boolean predecessorIsIndex(Operation operation) {
        return dropped.contains(operation.subject())
                && from.index(oldTable.apply(operation), operation.name()).isPresent();
    }
}
