package dev.tandem.tool.migration.schema;

import java.util.function.Supplier;

/**
 * Databases that the migrations have brought to head, as many as are wanted.
 *
 * @param start makes the database that the migrations begin with: an empty one, as a rule
 */
public record Replay(ScratchDatabases databases, MigratedSchema history, Supplier<ScratchDatabase> start) {

    public Replay(ScratchDatabases databases, MigratedSchema history) {
        this(databases, history, databases::create);
    }

    /** A fresh database at head. */
    public ScratchDatabase atHead() {
        ScratchDatabase database = start.get();
        history.migrate(database.server());
        return database;
    }

    public ScratchDatabase copyOf(ScratchDatabase database) {
        return databases.copyOf(database);
    }

    public void drop(ScratchDatabase database) {
        databases.drop(database);
    }
}
