package dev.tandem.tool.migration.schema;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** A database that nobody will miss. */
public record ScratchDatabase(String name, Server server) {

    public Connection connect() {
        return server.connect();
    }

    /** Runs statements one by one, each in a transaction of its own. */
    public void run(List<String> statements) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** Runs a script as one transaction. */
    public void run(String script) throws SQLException {
        if (!script.isBlank()) {
            run(List.of(script));
        }
    }

    /** Whether the statement ran; for what may fail without harm. */
    public boolean tried(String sql) {
        try {
            run(sql);
            return true;
        } catch (SQLException e) {
            return false;
        }
    }

    /** A query's rows as text. */
    public List<List<String>> rows(String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            return rows(result);
        } catch (SQLException e) {
            throw new IllegalStateException("Can't read " + name + ": " + Server.oneLine(e), e);
        }
    }

    static List<List<String>> rows(ResultSet result) throws SQLException {
        ResultSetMetaData columns = result.getMetaData();
        List<List<String>> rows = new ArrayList<>();
        while (result.next()) {
            List<String> row = new ArrayList<>();
            for (int column = 1; column <= columns.getColumnCount(); column++) {
                String value = result.getString(column);
                row.add(value == null ? "" : value);
            }
            rows.add(row);
        }
        return rows;
    }
}
