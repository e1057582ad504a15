package dev.tandem.tool.migration.diff;

import dev.tandem.tool.migration.diff.Operation.Kind;
import dev.tandem.tool.migration.schema.Catalog;
import dev.tandem.tool.migration.schema.Catalog.Column;
import dev.tandem.tool.migration.schema.Catalog.Constraint;
import dev.tandem.tool.migration.schema.Catalog.Index;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Constraints, indexes, identity sequences and enums of which only the name has changed. There is nothing to ask: their definition is all they
 * have, and a rename saves building them again.
 */
final class RenamedObjects {

    private RenamedObjects() {}

    static List<Operation> of(Catalog from, Catalog to) {
        List<Operation> operations = new ArrayList<>();
        constraints(from, to, operations);
        indexes(from, to, operations);
        sequences(from, to, operations);
        enums(from, to, operations);
        return operations;
    }

    private static void constraints(Catalog from, Catalog to, List<Operation> operations) {
        Set<String> taken = new HashSet<>();
        for (Constraint before : from.constraints()) {
            if (to.constraint(before.table(), before.name()).isPresent()) {
                continue;
            }
            to.constraints().stream()
                    .filter(after -> after.table().equals(before.table())
                            && after.type() == before.type()
                            && after.definition().equals(before.definition()))
                    .filter(after ->
                            from.constraint(after.table(), after.name()).isEmpty())
                    .filter(after -> taken.add(after.table() + "." + after.name()))
                    .findFirst()
                    .ifPresent(after -> operations.add(new Operation(
                            Kind.RENAME_CONSTRAINT,
                            before.table(),
                            before.name(),
                            "ALTER TABLE " + before.table() + " RENAME CONSTRAINT " + before.name() + " TO "
                                    + after.name())));
        }
    }

    private static void indexes(Catalog from, Catalog to, List<Operation> operations) {
        Set<String> taken = new HashSet<>();
        for (Index before : from.indexes()) {
            if (to.index(before.table(), before.name()).isPresent()) {
                continue;
            }
            to.indexes().stream()
                    .filter(after -> after.table().equals(before.table())
                            && after.definition().equals(before.definition()))
                    .filter(after -> from.index(after.table(), after.name()).isEmpty())
                    .filter(after -> taken.add(after.path()))
                    .findFirst()
                    .ifPresent(after -> operations.add(new Operation(
                            Kind.RENAME_INDEX,
                            before.table(),
                            before.name(),
                            "ALTER INDEX " + before.path() + " RENAME TO " + after.name())));
        }
    }

    private static void sequences(Catalog from, Catalog to, List<Operation> operations) {
        for (Column after : to.columns()) {
            from.column(after.table(), after.name())
                    .filter(before -> before.identity()
                            && after.identity()
                            && !before.sequence().equals(after.sequence()))
                    .ifPresent(before -> operations.add(new Operation(
                            Kind.RENAME_SEQUENCE,
                            "",
                            before.sequence(),
                            "ALTER SEQUENCE " + before.sequence() + " RENAME TO " + bare(after.sequence()))));
        }
    }

    private static void enums(Catalog from, Catalog to, List<Operation> operations) {
        Set<String> taken = new HashSet<>();
        from.enums().forEach((before, values) -> {
            if (to.enums().containsKey(before)) {
                return;
            }
            to.enums().entrySet().stream()
                    .filter(after ->
                            after.getValue().equals(values) && !from.enums().containsKey(after.getKey()))
                    .map(Map.Entry::getKey)
                    .filter(after -> after.equals(Catalog.beside(before, bare(after))) && taken.add(after))
                    .findFirst()
                    .ifPresent(after -> operations.add(new Operation(
                            Kind.RENAME_OBJECT, "", before, "ALTER TYPE " + before + " RENAME TO " + bare(after))));
        });
    }

    /** Without its schema. */
    private static String bare(String name) {
        return name.replaceFirst("^.*\\.(?=[^.]+$)", "");
    }
}
