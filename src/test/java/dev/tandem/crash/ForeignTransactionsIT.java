package dev.tandem.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.testing.PackagedService;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Transactions of others stay open for long. Indexing goes on. */
@ExtendWith({CrashReport.class, SharedCluster.class})
class ForeignTransactionsIT {

    private static final int WRITES = CrashOptions.amount("foreign-writes", 20, 500);
    private static final int PATIENCE_SECONDS = 5;

    @Test
    void foreignTransactionsHoldNoIndexUp(Cluster cluster) throws Exception {
        try (Connection connection = cluster.postgres().connect();
                Statement statement = connection.createStatement()) {
            statement.execute("create database other");
        }
        try (Connection elsewhere = openTransaction(cluster, "other");
                Connection here = openTransaction(cluster, "postgres")) {
            long start = System.nanoTime();
            for (int i = 0; i < WRITES; i++) {
                assertThat(write(cluster.replica(0), i).statusCode())
                        .as("202 says that the write is not searchable after %d s", PATIENCE_SECONDS)
                        .isEqualTo(201);
            }
            CrashReport.add(
                    "a foreign transaction open in another database, and one in the same",
                    "%,d writes, each waits until it is searchable".formatted(WRITES),
                    "all searchable, in %.1f ms on average".formatted((System.nanoTime() - start) / 1e6 / WRITES));
            elsewhere.rollback();
            here.rollback();
        }
    }

    /** A transaction that has an id, as any that writes. */
    private static Connection openTransaction(Cluster cluster, String database) throws SQLException {
        Connection connection = cluster.postgres().connect(database);
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("select pg_current_xact_id()");
        }
        return connection;
    }

    private static HttpResponse<String> write(PackagedService replica, int number) throws Exception {
        Version version = new Version("q" + number + "z", number);
        return replica.send(
                "PUT",
                "/v1/collections/" + Cluster.OWN + "/documents/f" + number,
                version.body(Cluster.OWN, "f" + number).encode(),
                "Prefer",
                "wait=" + PATIENCE_SECONDS);
    }
}
