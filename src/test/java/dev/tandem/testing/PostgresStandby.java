package dev.tandem.testing;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/** An asynchronous streaming standby of a {@link PostgresServer}. It can be held back, and be made the primary. */
public final class PostgresStandby implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final PostgresServer server;
    private final FaultProxy stream;

    private PostgresStandby(PostgresServer server, FaultProxy stream) {
        this.server = server;
        this.stream = stream;
    }

    /** A running standby with a snapshot of the primary in the folder. */
    public static PostgresStandby of(PostgresServer primary, Path folder)
            throws IOException, SQLException, InterruptedException {
        primary.snapshot(folder);
        FaultProxy stream = new FaultProxy(primary.port());
        Files.writeString(
                folder.resolve("postgresql.auto.conf"),
                "primary_conninfo = 'host=localhost port=" + stream.port() + " user=postgres'\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
        Files.createFile(folder.resolve("standby.signal"));
        PostgresServer server = primary.beside(folder);
        server.start();
        PostgresStandby standby = new PostgresStandby(server, stream);
        standby.catchUp(primary);
        return standby;
    }

    /** Waits until it has replayed everything that the primary has written so far. */
    public void catchUp(PostgresServer primary) throws SQLException {
        String written = text(primary, "select pg_current_wal_lsn()");
        await().atMost(PATIENCE).until(() -> text(server, "select pg_last_wal_replay_lsn() >= '" + written + "'")
                .equals("t"));
    }

    /** Stops receiving: from now on the standby lags behind. */
    public void holdBack() {
        stream.refuse();
    }

    /** Makes it a primary on a new timeline, without what it has not received. */
    public PostgresServer promote() throws SQLException {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("select pg_promote(true, 60)");
        }
        return server;
    }

    @Override
    public void close() throws InterruptedException {
        stream.close();
        server.close();
    }

    private static String text(PostgresServer server, String sql) throws SQLException {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
