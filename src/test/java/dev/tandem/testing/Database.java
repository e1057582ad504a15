package dev.tandem.testing;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/** The service's database, seen from outside: over plain JDBC, independent of the tested code. */
public final class Database {

    private Database() {}

    /** A connection that the test opens and closes itself; begins in auto-commit. */
    public static Connection connect() throws SQLException {
        return connect(url());
    }

    /** The same to another database of the cluster. */
    public static Connection connectTo(String database) throws SQLException {
        return connect(url().replaceFirst("(//[^/]*/)[^?]*", "$1" + database));
    }

    private static String url() {
        return ConfigProvider.getConfig().getValue("quarkus.datasource.jdbc.url", String.class);
    }

    private static Connection connect(String url) throws SQLException {
        Config config = ConfigProvider.getConfig();
        return DriverManager.getConnection(
                url,
                config.getValue("quarkus.datasource.username", String.class),
                config.getValue("quarkus.datasource.password", String.class));
    }

    /** The id of the transaction that is open on a connection; gives it one if it hasn't written yet. */
    public static long transactionOf(Connection connection) throws SQLException {
        try (PreparedStatement statement =
                        prepare(connection, "select cast(cast(pg_current_xact_id() as text) as bigint)");
                ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    /** Runs one statement; returns how many rows it changed. */
    public static int execute(String sql, Object... parameters) throws SQLException {
        try (Connection connection = connect()) {
            return execute(connection, sql, parameters);
        }
    }

    /** The same in the caller's transaction. */
    public static int execute(Connection connection, String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement = prepare(connection, sql, parameters)) {
            statement.execute();
            return statement.getUpdateCount();
        }
    }

    /** The first column of every row. */
    public static List<Object> column(String sql, Object... parameters) throws SQLException {
        try (Connection connection = connect();
                PreparedStatement statement = prepare(connection, sql, parameters);
                ResultSet rows = statement.executeQuery()) {
            List<Object> column = new ArrayList<>();
            while (rows.next()) {
                column.add(rows.getObject(1));
            }
            return column;
        }
    }

    /** The number that a query returns. */
    public static long number(String sql, Object... parameters) throws SQLException {
        return ((Number) column(sql, parameters).getFirst()).longValue();
    }

    /** What the service's own connections are doing; empty if all are idle. */
    public static List<Object> busyConnections() throws SQLException {
        return column("""
                select state || ': ' || query from pg_stat_activity
                where application_name = 'tandem' and state <> 'idle' and datname = current_database()
                """);
    }

    /** Ends every connection of the service that has an open transaction; returns how many there were. */
    public static int endTransactions() {
        try {
            return column("""
                    select pg_terminate_backend(pid, 5000) from pg_stat_activity
                    where application_name = 'tandem' and state = 'idle in transaction' and datname = current_database()
                    """).size();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static PreparedStatement prepare(Connection connection, String sql, Object... parameters)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, parameters[i]);
        }
        return statement;
    }
}
