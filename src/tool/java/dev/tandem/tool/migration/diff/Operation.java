package dev.tandem.tool.migration.diff;

import dev.tandem.tool.migration.schema.Catalog;

/**
 * One step from a schema to another, such as "add column book.language". A difference is a list of steps.
 *
 * @param table empty for objects that belong to no table
 * @param name of the column, constraint, index, type or function; empty for the table itself
 * @param sql one statement, without its semicolon
 */
public record Operation(Kind kind, String table, String name, String sql) {

    /** What a step does, and whether it may lose data. */
    public enum Kind {
        CREATE_SCHEMA(false),
        DROP_SCHEMA(true),
        CREATE_EXTENSION(false),
        DROP_EXTENSION(true),
        CREATE_TABLE(false),
        RENAME_TABLE(false),
        DROP_TABLE(true),
        ADD_COLUMN(false),
        RENAME_COLUMN(false),
        CHANGE_TYPE(false),
        NARROW_TYPE(true),
        SET_DEFAULT(false),
        DROP_DEFAULT(false),
        SET_NOT_NULL(false),
        DROP_NOT_NULL(false),
        CHANGE_IDENTITY(false),
        CHANGE_COLUMN(false),
        DROP_COLUMN(true),
        ADD_PRIMARY_KEY(false),
        ADD_UNIQUE(false),
        ADD_CHECK(false),
        ADD_FOREIGN_KEY(false),
        ADD_EXCLUSION(false),
        RENAME_CONSTRAINT(false),
        CHANGE_CONSTRAINT(false),
        VALIDATE_CONSTRAINT(false),
        DROP_CONSTRAINT(false),
        CREATE_INDEX(false),
        RENAME_INDEX(false),
        DROP_INDEX(false),
        CREATE_TYPE(false),
        ADD_VALUE(false),
        RENAME_VALUE(false),
        REPLACE_ENUM(true),
        REORDER_ENUM(false),
        CHANGE_TYPE_DEFINITION(false),
        DROP_TYPE(true),
        CREATE_SEQUENCE(false),
        ALTER_SEQUENCE(false),
        RENAME_SEQUENCE(false),
        DROP_SEQUENCE(true),
        CREATE_FUNCTION(false),
        DROP_FUNCTION(false),
        CREATE_TRIGGER(false),
        DROP_TRIGGER(false),
        CREATE_VIEW(false),
        DROP_VIEW(false),
        CREATE_POLICY(false),
        DROP_POLICY(false),
        COPY_COLUMN(false),
        DROP_COPIED_COLUMN(false),
        RECREATE(false),
        RENAME_OBJECT(false),
        ATTACH_INDEX(false),
        REPLICA_IDENTITY(false),
        COMMENT(false),
        OTHER(false);

        private final boolean destructive;

        Kind(boolean destructive) {
            this.destructive = destructive;
        }
    }

    /** Whether data may be lost. */
    public boolean destructive() {
        return kind.destructive;
    }

    /** The object of the step, as {@code --allow-drop} takes it: {@code table}, {@code table.column}, {@code type}. */
    public String subject() {
        if (table.isEmpty() || name.isEmpty()) {
            return table + name;
        }
        return table + "." + name;
    }

    /** For people: "add column book.language". */
    public String description() {
        return kind == Kind.OTHER
                ? sql.lines().findFirst().orElse("")
                : kind.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ') + " " + subject();
    }

    /** The new name of a renamed table, column or value; for a table with its schema. */
    public String renamed() {
        if (kind == Kind.RENAME_TABLE && sql.contains(" SET SCHEMA ")) {
            String schema = sql.replaceFirst("(?s).* SET SCHEMA ", "");
            String bare = table.substring(table.lastIndexOf('.') + 1);
            return schema.equals("public") ? bare : schema + "." + bare;
        }
        String after = sql.replaceFirst("(?s).* TO ", "");
        return kind == Kind.RENAME_TABLE ? Catalog.beside(table, after) : after;
    }

    Operation as(Kind other) {
        return new Operation(other, table, name, sql);
    }

    public Operation saying(String other) {
        return new Operation(kind, table, name, other);
    }
}
