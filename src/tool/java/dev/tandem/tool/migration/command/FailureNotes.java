package dev.tandem.tool.migration.command;

import dev.tandem.tool.migration.MigrationRefusal;
import dev.tandem.tool.migration.schema.Server;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a database knows about scripts that failed. Flyway has a row for those that ran outside a transaction. Of the others nothing is left,
 * and {@code downgrade -1} would take back the good revision before them, so the tool notes their version as a comment on Flyway's table.
 */
record FailureNotes(Server server) {

    private static final String HISTORY = "flyway_schema_history";
    private static final String NOTE = "the last upgrade failed at ";

    /** The version that the last upgrade failed at, if it left no row; it may have been applied since. */
    Optional<String> version() {
        return run(connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet found = statement.executeQuery(
                            "select obj_description(to_regclass('" + HISTORY + "'), 'pg_class')")) {
                found.next();
                return Optional.ofNullable(found.getString(1))
                        .filter(note -> note.startsWith(NOTE))
                        .map(note -> note.substring(NOTE.length()));
            }
        });
    }

    void note(String version) {
        comment("'" + NOTE + version + "'");
    }

    void clear() {
        if (version().isPresent()) {
            comment("null");
        }
    }

    /** Deletes Flyway's rows about scripts that failed, and returns their versions. */
    List<String> forgetFailed() {
        return run(connection -> {
            List<String> versions = new ArrayList<>();
            if (!exists(connection)) {
                return versions;
            }
            try (PreparedStatement delete = connection.prepareStatement(
                            "delete from " + HISTORY + " where not success returning coalesce(version, script)");
                    ResultSet deleted = delete.executeQuery()) {
                while (deleted.next()) {
                    versions.add(deleted.getString(1));
                }
            }
            return versions;
        });
    }

    private void comment(String text) {
        run(connection -> {
            if (exists(connection)) {
                try (Statement statement = connection.createStatement()) {
                    statement.execute("comment on table " + HISTORY + " is " + text);
                }
            }
            return text;
        });
    }

    private static boolean exists(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("select to_regclass('" + HISTORY + "') is not null")) {
            return found.next() && found.getBoolean(1);
        }
    }

    private interface Work<T> {
        T with(Connection connection) throws SQLException;
    }

    private <T> T run(Work<T> work) {
        try (Connection connection = server.connect()) {
            return work.with(connection);
        } catch (SQLException e) {
            throw new MigrationRefusal("Can't use the history: " + e.getMessage(), e);
        }
    }
}
