package dev.tandem.tool.migration.schema;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A database that will be dropped.
 *
 * <p>One that {@link ScratchDatabases} makes keeps a session open from one call to the next, because to connect, and to read the catalogue
 * for the first time in a session, takes longer than nearly every question. The next call finds the session like a new one.
 */
public final class ScratchDatabase {

    private final String name;
    private final Server server;
    private final boolean keepsSession;

    private @Nullable Session kept;

    /** A database that exists already, with a session for each call. */
    public ScratchDatabase(String name, Server server) {
        this(name, server, false);
    }

    private ScratchDatabase(String name, Server server, boolean keepsSession) {
        this.name = name;
        this.server = server;
        this.keepsSession = keepsSession;
    }

    /** A database that keeps its session until {@link #leave}. */
    static ScratchDatabase keepingSession(String name, Server server) {
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
        Session session = taken();
        return session == null
                ? new Session(name, server.connect(), keepsSession ? this::keep : Session::end)
                : session;
    }

    /** Closes the session that is kept, because a database with a connection cannot be copied. */
    void leave() {
        Session session = taken();
        if (session != null) {
            session.end();
        }
    }

    private synchronized @Nullable Session taken() {
        Session session = kept;
        kept = null;
        return session;
    }

    private void keep(Session session) {
        if (!session.renewed() || !kept(session)) {
            session.end();
        }
    }

    private synchronized boolean kept(Session session) {
        if (kept != null) {
            return false;
        }
        kept = session;
        return true;
    }
}
