package dev.tandem.tool.migration.script;

import dev.tandem.tool.migration.diff.Difference;
import dev.tandem.tool.migration.diff.Operation;
import dev.tandem.tool.migration.diff.Operation.Kind;
import dev.tandem.tool.migration.schema.Catalog;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Distributes operations over the {@linkplain Stage scripts} of a revision, so that none of them keeps a table locked while reading all of
 * it. Tables that the revision itself creates are empty and need no such care.
 */
public final class Staging {

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

    /** The old names of renamed tables, by the new name: these are not new tables. */
    private final Map<String, String> oldNames = new HashMap<>();

    /** Tables whose key exists only in the last script. */
    private final Set<String> lateKeys = new HashSet<>();

    /** Constraints that the last script replaces by a new one of the same name. */
    private final Set<String> replacedKeys = new HashSet<>();

    /** @param lockSafe false for one script with everything in the engine's own order */
    public Staging(Catalog from, Backfills backfills, boolean lockSafe) {
        this.from = from;
        this.backfills = backfills;
        this.lockSafe = lockSafe;
        this.required = new RequiredColumns(backfills);
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
                if (from.constraint(oldName(operation), operation.name()).isPresent()) {
                    replacedKeys.add(operation.subject());
                }
            }
        }
        List<Operation> operations = difference.operations();
        for (Operation operation : lockSafe ? NewTables.folded(operations) : operations) {
            if (difference.heldBack().contains(operation)) {
                change(SqlText.heldBack(operation));
            } else {
                place(operation);
            }
        }
        Stream.of(required.filled(), required.validated(), validated, required.required(), attached, validatedLate)
                .forEach(stages.get(Stage.VALIDATE)::addAll);
        return stages;
    }

    private void place(Operation operation) {
        switch (operation.kind()) {
            case ADD_VALUE -> stages.get(Stage.VALUES).add(operation.sql());
            case ADD_COLUMN -> addColumn(operation);
            case SET_NOT_NULL -> setNotNull(operation);
            case ADD_CHECK -> addCheck(operation);
            case ADD_FOREIGN_KEY -> addForeignKey(operation);
            case ADD_PRIMARY_KEY, ADD_UNIQUE -> addKey(operation);
            case VALIDATE_CONSTRAINT -> validateConstraint(operation);
            case DROP_CONSTRAINT -> dropConstraint(operation);
            case CREATE_INDEX, DROP_INDEX -> index(operation);
            default -> change(operation.sql());
        }
    }

    private void addColumn(Operation operation) {
        boolean required =
                operation.sql().endsWith(" NOT NULL") && !operation.sql().contains(" DEFAULT ");
        if (!existed(operation) || !required || operation.sql().contains(" GENERATED ")) {
            change(operation.sql());
            return;
        }
        change(operation.sql().replaceFirst(" NOT NULL$", ""));
        setNotNull(operation);
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
        boolean replaces = replacedKeys.contains(operation.subject());
        String index = replaces ? SqlText.name(operation.name() + "_next") : operation.name();
        KeyDefinition key = KeyDefinition.of(operation);
        stages.get(Stage.CONCURRENT)
                .add("DROP INDEX CONCURRENTLY IF EXISTS " + Catalog.beside(operation.table(), index));
        stages.get(Stage.CONCURRENT).add(key.concurrentIndex(index));
        if (replaces) {
            attached.add("ALTER TABLE " + operation.table() + " DROP CONSTRAINT " + operation.name());
        }
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
        if (!replacedKeys.contains(operation.subject())) {
            change(operation.sql());
        }
    }

    private void index(Operation operation) {
        if (!lockSafe || !existed(operation)) {
            change(operation.sql());
            return;
        }
        List<String> concurrent = stages.get(Stage.CONCURRENT);
        // A failed build leaves an invalid index behind; a second attempt begins by removing it.
        String drop = "DROP INDEX CONCURRENTLY IF EXISTS " + Catalog.beside(operation.table(), operation.name());
        if (!concurrent.contains(drop)) {
            concurrent.add(drop);
        }
        if (operation.kind() == Kind.CREATE_INDEX) {
            concurrent.add(operation.sql().replaceFirst("INDEX ", "INDEX CONCURRENTLY "));
        }
    }

    private void change(String sql) {
        stages.get(Stage.CHANGE).add(sql);
    }

    private boolean existed(Operation operation) {
        return from.hasTable(oldName(operation));
    }

    private String oldName(Operation operation) {
        return oldNames.getOrDefault(operation.table(), operation.table());
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
