package dev.tandem.tool.migration.script;

import dev.tandem.tool.migration.diff.Difference;
import dev.tandem.tool.migration.diff.Operation;
import dev.tandem.tool.migration.diff.Operation.Kind;
import dev.tandem.tool.migration.schema.Catalog;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Distributes operations over the {@linkplain Stage scripts} of a revision, so that none of them keeps a table locked while reading all of
 * it. Tables that the revision itself creates are empty and need no such care.
 */
public final class Staging {

    private static final String FRAME =
            "-- lint: allow require-concurrent-index-creation because the index of a partitioned"
                    + " table is empty, and those of its partitions are built concurrently\n";

    private final Catalog from;
    private final Backfills backfills;
    private final boolean lockSafe;
    private final Map<Stage, List<String>> stages = new EnumMap<>(Stage.class);

    private final RequiredColumns required;

    /**
     * Statements that read tables. They run in the last script before anything takes a lock that blocks others, because that lock would
     * last as long.
     */
    private final List<String> validated = new ArrayList<>();

    /** Statements at the end of the last script: constraints on finished indexes, then the foreign keys that need these. */
    private final List<String> attached = new ArrayList<>();

    private final List<String> validatedLate = new ArrayList<>();

    /** The tables of which all rows are written again. */
    private final Set<String> written = new LinkedHashSet<>();

    /** The old names of renamed tables, by the new name: these are not new tables. */
    private final Map<String, String> oldNames = new HashMap<>();

    /** Tables whose key exists only in the last script. */
    private final Set<String> lateKeys = new HashSet<>();

    private final Successors successors;

    /** Enums that get new values. */
    private final Set<String> growing = new HashSet<>();

    /** @param lockSafe false for one script with everything in the engine's own order */
    public Staging(Catalog from, Backfills backfills, boolean lockSafe) {
        this.from = from;
        this.backfills = backfills;
        this.lockSafe = lockSafe;
        this.required = new RequiredColumns(backfills);
        this.successors = new Successors(from, this::oldName);
        for (Stage stage : Stage.values()) {
            stages.put(stage, new ArrayList<>());
        }
    }

    /** The statements of each script; those that are held back are included as comments. */
    public Map<Stage, List<String>> of(Difference difference) {
        List<Operation> approved = difference.approved();
        approved.stream()
                .filter(operation -> operation.kind() == Kind.RENAME_TABLE)
                .forEach(operation -> oldNames.put(operation.renamed(), operation.table()));
        for (Operation operation : approved) {
            if (lockSafe && existed(operation) && isKey(operation)) {
                lateKeys.add(operation.table());
            }
        }
        successors.lookAt(approved);
        approved.stream()
                .filter(operation -> operation.kind() == Kind.ADD_VALUE)
                .forEach(operation -> growing.add(operation.name()));
        List<Operation> operations = difference.operations();
        for (Operation operation : lockSafe ? NewTables.folded(operations) : operations) {
            if (difference.heldBack().contains(operation)) {
                change(SqlText.heldBack(operation));
            } else {
                place(operation);
            }
        }
        stages.get(Stage.CONCURRENT).addAll(successors.drops());
        stages.get(Stage.CLEANUP).addAll(successors.cleanup());
        stages.get(Stage.FILL).addAll(required.filled());
        written.addAll(required.tables());
        written.forEach(table -> stages.get(Stage.FILL).add(backfills.afterwards(table)));
        Stream.of(required.validated(), validated, required.required(), attached, validatedLate)
                .forEach(stages.get(Stage.VALIDATE)::addAll);
        return stages;
    }

    private void place(Operation operation) {
        switch (operation.kind()) {
            case ADD_VALUE -> stages.get(Stage.VALUES).add(operation.sql());
            case RENAME_VALUE -> renameValue(operation);
            case ADD_COLUMN -> addColumn(operation);
            case SET_NOT_NULL -> setNotNull(operation);
            case ADD_CHECK -> addCheck(operation);
            case ADD_FOREIGN_KEY -> addForeignKey(operation);
            case ADD_PRIMARY_KEY, ADD_UNIQUE -> addKey(operation);
            case VALIDATE_CONSTRAINT -> validateConstraint(operation);
            case DROP_CONSTRAINT -> dropConstraint(operation);
            case CREATE_INDEX, DROP_INDEX -> index(operation);
            case ATTACH_INDEX, DROP_COPIED_COLUMN, REPLICA_IDENTITY -> last(operation);
            case COMMENT -> comment(operation);
            case COPY_COLUMN -> copy(operation);
            default -> change(operation.sql());
        }
    }

    /** A new value stands after or before others by their new names. */
    private void renameValue(Operation operation) {
        stages.get(growing.contains(operation.name()) ? Stage.VALUES : Stage.CHANGE)
                .add(operation.sql());
    }

    private void addColumn(Operation operation) {
        boolean required =
                operation.sql().endsWith(" NOT NULL") && !operation.sql().contains(" DEFAULT ");
        if (lockSafe && existed(operation) && VolatileDefault.in(operation)) {
            addWithDefault(operation);
            return;
        }
        if (!existed(operation) || !required || operation.sql().contains(" GENERATED ")) {
            change(operation.sql());
            return;
        }
        change(operation.sql().replaceFirst(" NOT NULL$", ""));
        setNotNull(operation);
    }

    /** New rows get the default at once; with ADD COLUMN, it would rewrite the table under a lock. */
    private void addWithDefault(Operation operation) {
        VolatileDefault column = VolatileDefault.of(operation);
        change(column.add());
        change(column.setDefault());
        if (column.notNull()) {
            setNotNull(operation);
        }
    }

    private void setNotNull(Operation operation) {
        if (!existed(operation)) {
            change(operation.sql());
            return;
        }
        if (lockSafe) {
            change(required.add(operation, operation.kind() == Kind.ADD_COLUMN));
            return;
        }
        change(backfills.of(operation.table(), operation.name()));
        change("ALTER TABLE " + operation.table() + " ALTER COLUMN " + operation.name() + " SET NOT NULL");
    }

    private void addCheck(Operation operation) {
        if (!lockSafe || !existed(operation)) {
            change(operation.sql());
            return;
        }
        change(notValid(operation));
        validated.add(validate(operation));
    }

    private void addForeignKey(Operation operation) {
        boolean late = lateKeys.contains(SqlText.referenced(operation.sql()));
        if (!lockSafe || !existed(operation) && !late) {
            change(operation.sql());
        } else if (late) {
            attached.add(notValid(operation));
            validatedLate.add(validate(operation));
        } else {
            change(notValid(operation));
            validated.add(validate(operation));
        }
    }

    /** The index is built first, then the constraint takes it over. */
    private void addKey(Operation operation) {
        if (!lockSafe || !existed(operation)) {
            change(operation.sql());
            return;
        }
        String index = successors.buildName(operation);
        KeyDefinition key = KeyDefinition.of(operation);
        stages.get(Stage.CONCURRENT)
                .add("DROP INDEX CONCURRENTLY IF EXISTS " + Catalog.beside(operation.table(), index));
        stages.get(Stage.CONCURRENT).add(key.concurrentIndex(index));
        attached.addAll(successors.makingWay(operation));
        attached.add(key.attach(index));
    }

    private void validateConstraint(Operation operation) {
        if (lockSafe) {
            validated.add(operation.sql());
        } else {
            change(operation.sql());
        }
    }

    private void dropConstraint(Operation operation) {
        if (!lockSafe || !existed(operation)) {
            change(operation.sql());
        } else if (successors.isReplaced(operation)) {
            // The statements of its successor include this one.
            return;
        } else if (successors.comesLater(operation)) {
            attached.add(0, operation.sql().replaceFirst("DROP CONSTRAINT ", "DROP CONSTRAINT IF EXISTS "));
        } else {
            change(operation.sql());
        }
    }

    private void index(Operation operation) {
        if (!lockSafe || !existed(operation)) {
            change(operation.sql());
        } else if (operation.sql().contains(" ON ONLY ")) {
            change(FRAME + operation.sql());
        } else if (operation.kind() == Kind.DROP_INDEX) {
            successors.drop(operation);
        } else {
            String index = successors.buildName(operation);
            List<String> concurrent = stages.get(Stage.CONCURRENT);
            // A failed build leaves an invalid index behind; a second attempt begins by removing it.
            concurrent.add("DROP INDEX CONCURRENTLY IF EXISTS " + Catalog.beside(operation.table(), index));
            concurrent.add(operation
                    .sql()
                    .replaceFirst(
                            "INDEX " + Pattern.quote(operation.name()),
                            Matcher.quoteReplacement("INDEX CONCURRENTLY " + index)));
            attached.addAll(successors.makingWay(operation));
            attached.addAll(successors.renamed(operation));
        }
    }

    /** An index or a constraint may be there only in the last script. */
    private void comment(Operation operation) {
        if (operation.sql().startsWith("COMMENT ON INDEX ") || operation.sql().startsWith("COMMENT ON CONSTRAINT ")) {
            last(operation);
        } else {
            change(operation.sql());
        }
    }

    /**
     * Before a new column that is required is filled with anything else. What others write to the old column after its portion is copied in the
     * transaction that drops it.
     */
    private void copy(Operation operation) {
        if (lockSafe) {
            stages.get(Stage.FILL).add(backfills.inPortions(operation.table(), operation.sql()));
            written.add(operation.table());
        }
        stages.get(lockSafe ? Stage.VALIDATE : Stage.CHANGE).add(operation.sql());
    }

    /** The index of a partition has to be built, and the values of a column have to be copied. */
    private void last(Operation operation) {
        if (lockSafe) {
            attached.add(operation.sql());
        } else {
            change(operation.sql());
        }
    }

    private void change(String sql) {
        stages.get(Stage.CHANGE).add(sql);
    }

    private boolean existed(Operation operation) {
        return from.hasTable(oldName(operation));
    }

    private String oldName(Operation operation) {
        String name = operation.table();
        // A table may have been moved first and renamed then.
        for (int i = 0; i < oldNames.size() && oldNames.containsKey(name); i++) {
            name = oldNames.get(name);
        }
        return name;
    }

    private static boolean isKey(Operation operation) {
        return operation.kind() == Kind.ADD_PRIMARY_KEY || operation.kind() == Kind.ADD_UNIQUE;
    }

    private static String notValid(Operation operation) {
        return operation.sql().endsWith(" NOT VALID") ? operation.sql() : operation.sql() + " NOT VALID";
    }

    private static String validate(Operation operation) {
        return "ALTER TABLE " + operation.table() + " VALIDATE CONSTRAINT " + operation.name();
    }
}
