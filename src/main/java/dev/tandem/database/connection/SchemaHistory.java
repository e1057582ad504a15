package dev.tandem.database.connection;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.postgresql.Driver;

/** What Flyway has noted of the migrations in a database. It is read over a connection of its own, which blocks. */
public final class SchemaHistory implements AutoCloseable {

    private static final String TABLE = "flyway_schema_history";

    private final Connection connection;

    private SchemaHistory(Connection connection) {
        this.connection = connection;
    }

    /**
     * Connects.
     *
     * @param url for JDBC
     * @param properties of the driver, such as the user
     * @throws SQLException if there is no PostgreSQL, or it refuses
     */
    public static SchemaHistory open(String url, Map<String, String> properties) throws SQLException {
        Properties all = new Properties();
        all.setProperty("connectTimeout", "10");
        all.putAll(properties);
        Connection connection = new Driver().connect(url, all);
        if (connection == null) {
            throw new SQLException("This is no address of a PostgreSQL; one is jdbc:postgresql://host:5432/database");
        }
        return new SchemaHistory(connection);
    }

    /**
     * A script that has run.
     *
     * @param at when it ended, as PostgreSQL shows it
     * @param isApplied false if it failed, and may have left a part of what it does
     */
    public record Script(String version, String description, String at, boolean isApplied) {}

    /** In the order in which they have run; none if nothing has been migrated yet. */
    public List<Script> scripts() throws SQLException {
        List<Script> scripts = new ArrayList<>();
        if (exists()) {
            try (Statement statement = connection.createStatement();
                    ResultSet found = statement.executeQuery(
                            "select version, description, installed_on::timestamp(0)::text, success from " + TABLE
                                    + " where version is not null order by installed_rank")) {
                while (found.next()) {
                    scripts.add(new Script(
                            found.getString(1), found.getString(2), found.getString(3), found.getBoolean(4)));
                }
            }
        }
        return scripts;
    }

    /** The indexes that were not built to their end, by which a failed script is often known. */
    public List<String> brokenIndexes() throws SQLException {
        return strings("select indexrelid::regclass::text from pg_index where not indisvalid order by 1");
    }

    /** Deletes the notes of scripts that failed, so that they run again; returns their versions. */
    public List<String> forgetFailed() throws SQLException {
        return exists() ? strings("delete from " + TABLE + " where not success returning version") : List.of();
    }

    private boolean exists() throws SQLException {
        return strings("select to_regclass('" + TABLE + "')::text").getFirst() != null;
    }

    private List<String> strings(String sql) throws SQLException {
        List<String> strings = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(sql)) {
            while (found.next()) {
                strings.add(found.getString(1));
            }
        }
        return strings;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
