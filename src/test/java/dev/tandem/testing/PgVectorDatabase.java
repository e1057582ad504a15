package dev.tandem.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vertx.pgclient.PgConnectOptions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The PostgreSQL with pgvector that {@code TANDEM_TEST_PGVECTOR_URL} names, as in {@code postgresql://user@host:5432/database}. Tests that need
 * one are skipped where it is not set, and say so.
 */
public final class PgVectorDatabase {

    private static final @Nullable String URL = System.getenv("TANDEM_TEST_PGVECTOR_URL");
    private static final String ABSENT =
            "Not tested: pgvector. Set TANDEM_TEST_PGVECTOR_URL to a PostgreSQL with pgvector 0.8 or later.";

    private PgVectorDatabase() {}

    /** Where it is, as it was given; skips the test if it was not. */
    public static String url() {
        String url = URL;
        boolean isGiven = url != null && !url.isBlank();
        if (!isGiven) {
            System.err.println(ABSENT);
        }
        assumeTrue(isGiven, ABSENT);
        return String.valueOf(url);
    }

    /** Where it is, with its user and password. */
    public static PgConnectOptions options() {
        return PgConnectOptions.fromUri(url());
    }

    public static Connection connect() throws SQLException {
        PgConnectOptions options = options();
        return DriverManager.getConnection(
                "jdbc:postgresql://" + options.getHost() + ":" + options.getPort() + "/" + options.getDatabase(),
                options.getUser(),
                String.valueOf(options.getPassword()));
    }

    /** Drops a schema of tests, table by table: one statement for all of them would need more locks than a server has. */
    public static void drop(String schema) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            List<String> tables = new ArrayList<>();
            try (ResultSet names =
                    statement.executeQuery("select tablename from pg_tables where schemaname = '" + schema + "'")) {
                while (names.next()) {
                    tables.add(names.getString(1));
                }
            }
            for (String table : tables) {
                statement.execute("drop table " + schema + ".\"" + table + "\"");
            }
            statement.execute("drop schema if exists " + schema);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
