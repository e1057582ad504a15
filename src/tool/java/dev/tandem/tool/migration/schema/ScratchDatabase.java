package dev.tandem.tool.migration.schema;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * A database that will be dropped.
 *
 * <p>One that {@link ScratchDatabases} makes keeps its sessions open from one call to the next, because to connect, and to read the catalogue
 * for the first time in a session, takes longer than nearly every question. The next call finds a session like a new one.
 */
public final class ScratchDatabase {

    private final String name;
    private final Server server;
    private final boolean keepsSessions;

    private final Deque<Session> kept = new ConcurrentLinkedDeque<>();

    /** A database that exists already, with a session for each call. */
    public ScratchDatabase(String name, Server server) {
        this(name, server, false);
    }

    private ScratchDatabase(String name, Server server, boolean keepsSessions) {
        this.name = name;
        this.server = server;
        this.keepsSessions = keepsSessions;
    }

    /** A database that keeps its sessions until {@link #leave}. */
    static ScratchDatabase keepingSessions(String name, Server server) {
        return new ScratchDatabase(name, server, true);
    }

    public String name() {
        return name;
    }

    public Server server() {
        return server;
    }

    /** Runs statements one by one, each in a transaction of its own. */
    public void run(List<String> statements) throws SQLException {
        try (Session session = open()) {
            for (String sql : statements) {
                session.run(sql);
            }
        }
    }

    /** Runs a script as one transaction. */
    public void run(String script) throws SQLException {
        if (!script.isBlank()) {
            run(List.of(script));
        }
    }

    /** Whether the statement ran; for statements that may fail without harm. */
    public boolean tried(String sql) {
        try (Session session = open()) {
            return session.tried(sql);
        }
    }

    /**
     * Whether PostgreSQL changes the type of a column without being told how. An explicit cast would cut a text to length where this one
     * refuses.
     */
    public boolean converts(String before, String after) {
        return tried("create temp table t (c " + before + "); alter table t alter column c type " + after);
    }

    /** A query's rows as text; null is empty. */
    public List<List<String>> rows(String sql) {
        try (Session session = open()) {
            return session.rows(sql);
        }
    }

    /** The session's connection, for a library that wants one; closing it ends the use. */
    public Connection connection() {
        return open().lent();
    }

    Session open() {
        if (!keepsSessions) {
            return new Session(name, server.connect());
        }
        Session session = kept.poll();
        return session == null ? new Session(name, server.connectPreparing(), this::keep) : session;
    }

    /** Closes the sessions that are kept, because a database with a connection cannot be copied. */
    void leave() {
        for (Session session = kept.poll(); session != null; session = kept.poll()) {
            session.end();
        }
    }

    private void keep(Session session) {
        if (session.renewed()) {
            kept.push(session);
        } else {
            session.end();
        }
    }
}
