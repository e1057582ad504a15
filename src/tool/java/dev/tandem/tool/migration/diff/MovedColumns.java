package dev.tandem.tool.migration.diff;

import dev.tandem.tool.migration.MigrationRefusal;
import dev.tandem.tool.migration.diff.Operation.Kind;
import dev.tandem.tool.migration.schema.Catalog;
import dev.tandem.tool.migration.schema.Catalog.Constraint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Columns that move to another table, along a foreign key between the two: the values are copied before the old column is dropped.
 *
 * @param from before
 * @param to afterwards
 */
record MovedColumns(Catalog from, Catalog to) {

    private static final Pattern FOREIGN_KEY =
            Pattern.compile("FOREIGN KEY \\(([^)]+)\\) REFERENCES ([^(]+)\\(([^)]+)\\).*");

    /** Whether a rename is about a column that moves. */
    static boolean is(Rename rename, Catalog from) {
        return rename.to().contains(".") && from.hasTable(SpokenNames.table(from, rename.owner()));
    }

    /** What such moves may be, to be asked about: the same name and type in a table that a foreign key leads to. */
    Optional<Rename> candidate(Operation drop, Operation add) {
        boolean same = !drop.table().equals(add.table())
                && drop.name().equals(add.name())
                && !drop.table().contains(".")
                && !add.table().contains(".")
                && from.column(drop.table(), drop.name())
                        .map(Catalog.Column::type)
                        .equals(to.column(add.table(), add.name()).map(Catalog.Column::type));
        return same && join(drop.table(), add.table()).isPresent()
                ? Optional.of(new Rename(drop.table(), drop.name(), add.table() + "." + add.name()))
                : Optional.empty();
    }

    /**
     * The operations with the copies, and with the drops after them.
     *
     * @throws MigrationRefusal if a rename fits no operation, or no foreign key says which row belongs to which
     */
    List<Operation> of(List<Rename> renames, List<Operation> operations) {
        List<Operation> moved = new ArrayList<>(operations);
        for (Rename rename : renames.stream().filter(each -> is(each, from)).toList()) {
            Operation drop = operation(moved, Kind.DROP_COLUMN, rename.owner() + "." + rename.from(), rename);
            Operation add = operation(moved, Kind.ADD_COLUMN, rename.to(), rename);
            String join = join(drop.table(), add.table())
                    .orElseThrow(() -> new MigrationRefusal("No foreign key says which row of " + drop.table()
                            + " belongs to which of " + add.table() + "; write the copy by hand (revision --data)"));
            moved.remove(drop);
            moved.add(new Operation(
                    Kind.COPY_COLUMN,
                    add.table(),
                    add.name(),
                    "UPDATE " + add.table() + " SET " + add.name() + " = " + drop.subject() + " FROM " + drop.table()
                            + " WHERE " + join + " AND " + differs(add, drop)));
            moved.add(drop.as(Kind.DROP_COPIED_COLUMN));
        }
        return moved;
    }

    /** Rows that have been copied are left alone when it is repeated. Not every type says what is equal, but each has a text. */
    private static String differs(Operation add, Operation drop) {
        return add.subject() + "::text IS DISTINCT FROM " + drop.subject() + "::text";
    }

    private static Operation operation(List<Operation> operations, Kind kind, String subject, Rename rename) {
        return operations.stream()
                .filter(operation -> operation.kind() == kind
                        && SpokenNames.bare(operation.subject()).equals(SpokenNames.bare(subject)))
                .findFirst()
                .orElseThrow(() -> new MigrationRefusal("--rename " + rename + " moves nothing: "
                        + (kind == Kind.DROP_COLUMN ? "the model still has " : "the model does not add ") + subject));
    }

    /** Which rows belong together. */
    private Optional<String> join(String one, String other) {
        return Stream.concat(to.constraints().stream(), from.constraints().stream())
                .filter(key -> key.type() == 'f')
                .filter(key -> key.table().equals(one) || key.table().equals(other))
                .flatMap(key -> join(key, key.table().equals(one) ? other : one).stream())
                .findFirst();
    }

    private static Optional<String> join(Constraint key, String parent) {
        Matcher form = FOREIGN_KEY.matcher(key.definition());
        if (!form.matches() || !form.group(2).equals(parent)) {
            return Optional.empty();
        }
        List<String> columns = Arrays.asList(form.group(1).split(", "));
        List<String> referenced = Arrays.asList(form.group(3).split(", "));
        return Optional.of(IntStream.range(0, columns.size())
                .mapToObj(i -> key.table() + "." + columns.get(i) + " = " + parent + "." + referenced.get(i))
                .collect(Collectors.joining(" AND ")));
    }
}
