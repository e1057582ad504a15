package dev.tandem.tool.migration.schema;

import dev.tandem.tool.migration.MigrationRefusal;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Creates scratch databases on a server and leaves none behind: they are dropped on {@link #close} or when the JVM ends (even by Ctrl-C). A
 * later run drops what a killed run has left.
 */
public class ScratchDatabases implements AutoCloseable {

    static final String PREFIX = "tandem_scratch_";

    /** No run takes this long, so an older database has no owner any more. */
    private static final Duration STALE = Duration.ofHours(1);

    /** Copies files. By default, PostgreSQL 15 and later would write every page to the log, which is several times slower. */
    private static final String COPY = " encoding 'UTF8' strategy file_copy";

    /**
     * Waits until a database has no connections. A backend ends some milliseconds after its connection; PostgreSQL itself, before it copies
     * or drops a database, looks for backends every 100 ms only. If one stays, PostgreSQL decides what to do about it.
     */
    private static final String LEFT = """
            do $$ begin
                for try in 1..200 loop
                    exit when not exists (select from pg_stat_activity where datname = '%s');
                    perform pg_sleep(0.001);
                    perform pg_stat_clear_snapshot();
                end loop;
            end $$""";

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final Server server;
    private final ScratchDatabase maintenance;
    private final Map<String, ScratchDatabase> alive = new ConcurrentHashMap<>();
    private final Thread hook = new Thread(this::end, "drop-scratch-databases");
    private boolean ended;

    /** @throws MigrationRefusal if the server can't be reached */
    public ScratchDatabases(Server server) {
        this.server = server;
        this.maintenance = ScratchDatabase.keepingSessions("the server", server);
        sweep();
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** An empty database. */
    public ScratchDatabase create() {
        return create("template0");
    }

    /** A copy of a database to which nothing else is connected, rows included. */
    public ScratchDatabase copyOf(ScratchDatabase original) {
        leave(original);
        return create(original.name());
    }

    public void drop(ScratchDatabase database) {
        leave(database);
        run("drop database if exists " + database.name() + " with (force)");
        alive.remove(database.name());
    }

    /** Drops the databases that were created here. */
    @Override
    public void close() {
        dropAll();
        maintenance.leave();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is ending already; the hook finds nothing left to do.
        }
    }

    private void leave(ScratchDatabase database) {
        database.leave();
        run(LEFT.formatted(database.name()));
    }

    /** Synchronized with the dropping at the end, because otherwise the last database would stay. */
    private synchronized ScratchDatabase create(String template) {
        if (ended) {
            throw new MigrationRefusal("Interrupted");
        }
        String name = PREFIX
                + Instant.now().getEpochSecond()
                + "_"
                + ProcessHandle.current().pid()
                + "_"
                + NUMBER.incrementAndGet();
        ScratchDatabase database = ScratchDatabase.keepingSessions(name, server.database(name));
        alive.put(name, database);
        run("create database " + name + " template " + template + COPY);
        return database;
    }

    private synchronized void end() {
        ended = true;
        try {
            dropAll();
        } catch (MigrationRefusal e) {
            // The server has ended too. If it is the tool's own, its databases are gone; on another server, a later
            // run drops them.
        }
    }

    private void dropAll() {
        List.copyOf(alive.values()).forEach(this::drop);
    }

    private void sweep() {
        long limit = Instant.now().minus(STALE).getEpochSecond();
        List<List<String>> left = maintenance.rows("select datname from pg_database where datname ~ '^" + PREFIX
                + "\\d+_\\d+_\\d+$'" + " and split_part(datname, '_', 3)::bigint < " + limit);
        left.forEach(row -> run("drop database if exists " + row.get(0) + " with (force)"));
    }

    private void run(String sql) {
        try {
            maintenance.run(sql);
        } catch (SQLException e) {
            throw new MigrationRefusal("Can't run \"" + sql + "\": " + Server.oneLine(e), e);
        }
    }
}
