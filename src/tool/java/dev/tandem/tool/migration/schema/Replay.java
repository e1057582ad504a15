package dev.tandem.tool.migration.schema;

import java.util.function.Supplier;

/**
 * Provides any number of databases that the migrations have brought to head.
 *
 * @param start makes the database with which the migrations begin, usually an empty one
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
