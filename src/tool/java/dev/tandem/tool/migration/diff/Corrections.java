package dev.tandem.tool.migration.diff;

import dev.tandem.tool.migration.diff.Operation.Kind;
import dev.tandem.tool.migration.schema.Catalog;
import dev.tandem.tool.migration.schema.Catalog.Column;
import dev.tandem.tool.migration.schema.ScratchDatabase;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Corrects the engine's mistakes, and omits what PostgreSQL does by itself. */
final class Corrections {

    private static final Pattern USING = Pattern.compile("\\s+USING .*", Pattern.DOTALL);
    private static final Pattern IDENTITY =
            Pattern.compile("ADD (GENERATED (?:ALWAYS|BY DEFAULT) AS IDENTITY) \\(\\s*(.*?)\\s*\\)", Pattern.DOTALL);
    private static final Pattern USUAL_SEQUENCE = Pattern.compile(
            "SEQUENCE NAME (\\S+)\\s+START WITH 1\\s+INCREMENT BY 1\\s+NO MAXVALUE\\s+NO MINVALUE\\s+CACHE 1",
            Pattern.DOTALL);

    private static final String ALLOWANCE =
            "-- lint: allow changing-column-type because PostgreSQL only changes its catalogue for it\n";

    private static final Pattern FILLING =
            Pattern.compile("UPDATE \\S+\\s+SET .* = DEFAULT WHERE .* IS NULL", Pattern.DOTALL);

    private final Catalog from;
    private final Catalog to;
    private final ScratchDatabase server;
    private final SequenceStarts starts;

    Corrections(Catalog from, Catalog to, ScratchDatabase server) {
        this.from = from;
        this.to = to;
        this.server = server;
        this.starts = new SequenceStarts(from, to);
    }

    List<Operation> correct(List<Operation> operations) {
        List<Operation> corrected = oneSourceAtATime(withIdentity(withoutRedundant(withPlainColumns(operations.stream()
                .filter(operation -> !fillsWithDefault(operation))
                .map(this::withTable)
                .toList()))));
        return Stream.concat(
                        corrected.stream().flatMap(operation -> switch (operation.kind()) {
                            case CHANGE_TYPE -> typeChange(operation, operations).stream();
                            case CREATE_SEQUENCE -> Stream.concat(Stream.of(operation), starts.of(operation).stream());
                            default -> Stream.of(operation);
                        }),
                        collations(operations))
                .toList();
    }

    /**
     * Before a column becomes NOT NULL, the engine fills it with its default, in the whole table at once, under a lock. Staging does this
     * better.
     */
    private static boolean fillsWithDefault(Operation operation) {
        return operation.kind() == Kind.OTHER
                && FILLING.matcher(operation.sql()).matches();
    }

    /** A generated column that becomes a plain one keeps its values, so it does not have to be dropped and created again. */
    private List<Operation> withPlainColumns(List<Operation> operations) {
        Set<String> plain = operations.stream()
                .filter(operation -> operation.kind() == Kind.DROP_COLUMN && becomesPlain(operation))
                .map(Operation::subject)
                .collect(Collectors.toSet());
        return operations.stream()
                .filter(operation -> !(plain.contains(operation.subject()) && operation.kind() == Kind.ADD_COLUMN))
                .map(operation -> plain.contains(operation.subject()) && operation.kind() == Kind.DROP_COLUMN
                        ? new Operation(
                                Kind.CHANGE_COLUMN,
                                operation.table(),
                                operation.name(),
                                column(operation) + " DROP EXPRESSION")
                        : operation)
                .toList();
    }

    private boolean becomesPlain(Operation operation) {
        Optional<Column> before = from.column(operation.table(), operation.name());
        Optional<Column> after = to.column(operation.table(), operation.name());
        return before.isPresent()
                && after.isPresent()
                && before.get().generated()
                && after.get().defaultTo().isEmpty()
                && before.get().type().equals(after.get().type())
                && before.get().notNull() == after.get().notNull();
    }

    /** The engine does not notice that a column has lost its collation. */
    private Stream<Operation> collations(List<Operation> operations) {
        Set<String> changed = subjects(operations, Kind.CHANGE_TYPE);
        return to.columns().stream()
                .filter(after -> after.collation().isEmpty() && !changed.contains(after.path()))
                .flatMap(after -> from.column(after.table(), after.name()).stream()
                        .filter(before ->
                                !before.collation().isEmpty() && before.type().equals(after.type())))
                .map(column -> new Operation(
                        Kind.CHANGE_TYPE,
                        column.table(),
                        column.name(),
                        "ALTER TABLE " + column.table() + " ALTER COLUMN " + column.name() + " TYPE " + column.type()
                                + " COLLATE \"default\""));
    }

    private static String column(Operation operation) {
        return "ALTER TABLE " + operation.table() + " ALTER COLUMN " + operation.name();
    }

    /** DROP INDEX does not name its table. */
    private Operation withTable(Operation operation) {
        if (operation.kind() != Kind.DROP_INDEX) {
            return operation;
        }
        return from.indexes().stream()
                .filter(index -> index.path().equals(operation.name()))
                .findFirst()
                .map(index -> new Operation(operation.kind(), index.table(), index.name(), operation.sql()))
                .orElse(operation);
    }

    /**
     * PostgreSQL keeps the constraints and indexes of a column whose type changes, and drops those of a table that is dropped, so these
     * statements are left out. Foreign keys stay, because they decide the order in which tables can be dropped. The indexes of a view that is
     * created again do not survive it.
     */
    private List<Operation> withoutRedundant(List<Operation> operations) {
        Set<String> droppedTables = subjects(operations, Kind.DROP_TABLE);
        Set<String> recreated = subjects(operations, Kind.DROP_COLUMN);
        recreated.retainAll(subjects(operations, Kind.ADD_COLUMN));
        Set<String> withColumns = operations.stream()
                .filter(operation -> unchanged(operation) && uses(operation, recreated))
                .map(Operation::subject)
                .collect(Collectors.toSet());
        Set<String> views = subjects(operations, Kind.DROP_VIEW);
        Set<String> kept = operations.stream()
                .filter(operation -> unchanged(operation)
                        && !withColumns.contains(operation.subject())
                        && !views.contains(operation.table()))
                .map(Operation::subject)
                .collect(Collectors.toSet());
        return operations.stream()
                .filter(operation -> !kept.contains(operation.subject()) || !constraintOrIndex(operation))
                .filter(operation -> !(withColumns.contains(operation.subject()) && goesWithTable(operation)))
                .filter(operation -> !(droppedTables.contains(operation.table()) && goesWithTable(operation)))
                .toList();
    }

    private static boolean constraintOrIndex(Operation operation) {
        return switch (operation.kind()) {
            case ADD_PRIMARY_KEY, ADD_UNIQUE, ADD_CHECK, DROP_CONSTRAINT, CREATE_INDEX, DROP_INDEX -> true;
            default -> false;
        };
    }

    /** Whether it would only be created again as it was. */
    private boolean unchanged(Operation operation) {
        return switch (operation.kind()) {
            case ADD_PRIMARY_KEY, ADD_UNIQUE, ADD_CHECK ->
                to.constraint(operation.table(), operation.name())
                        .equals(from.constraint(operation.table(), operation.name()));
            case CREATE_INDEX ->
                to.index(operation.table(), operation.name()).equals(from.index(operation.table(), operation.name()));
            default -> false;
        };
    }

    /** Whether an index or constraint is about a column that is created again, and so has to be created again as well. */
    private boolean uses(Operation operation, Set<String> columns) {
        String definition = to.constraint(operation.table(), operation.name())
                .map(Catalog.Constraint::definition)
                .or(() -> to.index(operation.table(), operation.name()).map(Catalog.Index::definition))
                .orElse("");
        return to.tables().getOrDefault(operation.table(), List.of()).stream()
                .filter(column -> columns.contains(column.path()))
                .anyMatch(column -> Pattern.compile("(?<![\\w\"])" + Pattern.quote(column.name()) + "(?![\\w\"])")
                        .matcher(definition)
                        .find());
    }

    private boolean goesWithTable(Operation operation) {
        boolean foreignKey = from.constraint(operation.table(), operation.name())
                .filter(constraint -> constraint.type() == 'f')
                .isPresent();
        return operation.kind() == Kind.DROP_INDEX || operation.kind() == Kind.DROP_CONSTRAINT && !foreignKey;
    }

    /** An identity belongs to its column from the beginning; if rows have numbers already, it starts after them. */
    private List<Operation> withIdentity(List<Operation> operations) {
        List<Operation> corrected = new ArrayList<>();
        Set<String> added = subjects(operations, Kind.ADD_COLUMN);
        for (Operation operation : operations) {
            boolean gets =
                    operation.kind() == Kind.CHANGE_IDENTITY && operation.sql().contains("ADD GENERATED");
            if (operation.kind() == Kind.ADD_COLUMN
                    && gainsIdentity(operation, operations).isPresent()) {
                String identity = shortIdentity(
                                gainsIdentity(operation, operations).get())
                        .sql()
                        .replaceFirst("(?s).* ADD GENERATED", "GENERATED");
                corrected.add(operation.saying(operation.sql().replaceFirst(" NOT NULL$", "") + " " + identity));
            } else if (gets && !added.contains(operation.subject())) {
                corrected.add(shortIdentity(operation));
                if (from.hasTable(operation.table())) {
                    corrected.add(numberAfterRows(operation));
                }
            } else if (!gets) {
                corrected.add(operation);
            }
        }
        return corrected;
    }

    /** A column has an identity or a default, so the one goes before the other comes. */
    private static List<Operation> oneSourceAtATime(List<Operation> operations) {
        List<Operation> ordered = new ArrayList<>();
        for (Operation operation : operations) {
            boolean goes =
                    operation.kind() == Kind.DROP_DEFAULT || operation.sql().endsWith(" DROP IDENTITY");
            int place = ordered.size();
            for (int i = 0; goes && i < place; i++) {
                Operation earlier = ordered.get(i);
                boolean comes = earlier.kind() == Kind.SET_DEFAULT || earlier.kind() == Kind.CHANGE_IDENTITY;
                place = comes && earlier.subject().equals(operation.subject()) ? i : place;
            }
            ordered.add(place, operation);
        }
        return ordered;
    }

    private static Optional<Operation> gainsIdentity(Operation column, List<Operation> operations) {
        return operations.stream()
                .filter(other ->
                        other.kind() == Kind.CHANGE_IDENTITY && other.subject().equals(column.subject()))
                .findFirst();
    }

    private static Operation shortIdentity(Operation operation) {
        var identity = IDENTITY.matcher(operation.sql());
        if (identity.find() && USUAL_SEQUENCE.matcher(identity.group(2)).matches()) {
            return operation.saying(identity.replaceFirst("ADD $1"));
        }
        return operation;
    }

    private static Operation numberAfterRows(Operation identity) {
        String sql = "SELECT setval(pg_get_serial_sequence('" + identity.table() + "', '"
                + identity.name().replace("\"", "") + "'), (SELECT coalesce(max(" + identity.name() + "), 0) + 1 FROM "
                + identity.table() + "), false)";
        return new Operation(Kind.CHANGE_IDENTITY, identity.table(), identity.name(), sql);
    }

    private List<Operation> typeChange(Operation change, List<Operation> all) {
        Optional<Column> before = from.column(change.table(), change.name());
        Optional<Column> after = to.column(change.table(), change.name());
        if (before.isEmpty() || after.isEmpty()) {
            return List.of(change);
        }
        Operation judged =
                TypeChange.narrows(before.get().type(), after.get().type()) ? change.as(Kind.NARROW_TYPE) : change;
        if (server.converts(before.get().type(), after.get().type())) {
            String plain = USING.matcher(change.sql()).replaceFirst("");
            boolean free =
                    TypeChange.inCatalogueAlone(before.get().type(), after.get().type());
            return List.of(judged.saying((free ? ALLOWANCE : "") + plain));
        }
        // A default of the old type does not fit the new one.
        List<Operation> operations = new ArrayList<>();
        Set<String> told = new HashSet<>(subjects(all, Kind.DROP_DEFAULT));
        if (!before.get().defaultTo().isEmpty() && !told.contains(change.subject())) {
            operations.add(
                    new Operation(Kind.DROP_DEFAULT, change.table(), change.name(), column(change) + " DROP DEFAULT"));
        }
        operations.add(
                isEnum(from, before.get().type()) && isEnum(to, after.get().type())
                        ? judged.saying(USING.matcher(judged.sql()).replaceFirst("")
                                + EnumChanges.throughText(
                                        judged.name(), after.get().type()))
                        : judged);
        if (!after.get().defaultTo().isEmpty()
                && !subjects(all, Kind.SET_DEFAULT).contains(change.subject())) {
            String sql = column(change) + " SET DEFAULT " + after.get().defaultTo();
            operations.add(new Operation(Kind.SET_DEFAULT, change.table(), change.name(), sql));
        }
        return operations;
    }

    private static boolean isEnum(Catalog catalog, String type) {
        return catalog.enums().containsKey(type.replace("[]", ""));
    }

    private static Set<String> subjects(List<Operation> operations, Kind kind) {
        return operations.stream()
                .filter(operation -> operation.kind() == kind)
                .map(Operation::subject)
                .collect(Collectors.toSet());
    }
}
