package dev.tandem.tool.migration.schema;

import java.sql.SQLException;
import java.util.List;

/** A database that will be dropped. */
public record ScratchDatabase(String name, Server server) {

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

    Session open() {
        return new Session(name, server.connect());
    }
}
