package dev.tandem.tool.migration.schema;

import org.jspecify.annotations.Nullable;

/** Provides any number of databases that the migrations have brought to head: the scripts run once, and the others are copies. */
public final class Replay {

    private final ScratchDatabases databases;
    private final MigratedSchema history;

    /** The original of all copies; it stays without connections. */
    private @Nullable ScratchDatabase head;

    /** A history that starts with an empty database. */
    public Replay(ScratchDatabases databases, MigratedSchema history) {
        this.databases = databases;
        this.history = history;
    }

    /** A history that has led to {@code head} already. */
    public Replay(ScratchDatabases databases, MigratedSchema history, ScratchDatabase head) {
        this(databases, history);
        this.head = head;
    }

    public ScratchDatabases databases() {
        return databases;
    }

    public MigratedSchema history() {
        return history;
    }

    /** A fresh database at what was head when it was first asked for. */
    public ScratchDatabase atHead() {
        ScratchDatabase original = head;
        if (original == null) {
            original = databases.create();
            history.migrate(original);
            head = original;
        }
        return databases.copyOf(original);
    }

    public ScratchDatabase copyOf(ScratchDatabase database) {
        return databases.copyOf(database);
    }

    public void drop(ScratchDatabase database) {
        databases.drop(database);
    }
}
