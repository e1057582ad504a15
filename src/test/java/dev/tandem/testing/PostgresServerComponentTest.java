package dev.tandem.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server that the crash suite kills forgets what a crash may forget, and nothing else. */
@Thorough
class PostgresServerComponentTest {

    @TempDir
    Path folder;

    private PostgresServer server;

    @BeforeEach
    void start() throws Exception {
        server = PostgresServer.create(folder.resolve("data"));
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("create table note (text varchar primary key)");
        }
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    @Test
    void aCrashKeepsWhatIsCommittedAndGivesTheIdsOfAbortedTransactionsOutAgain() throws Exception {
        insert("kept", true);
        long first = insert("aborted", false);
        for (int i = 0; i < 10; i++) {
            insert("aborted", false);
        }
        server.crash();
        assertThat(insert("next", true)).isEqualTo(first);
        assertThat(number("select count(*) from note")).isEqualTo(2);
    }

    @Test
    void aStandbyThatIsHeldBackBecomesAPrimaryWithoutWhatItHasNotReceived() throws Exception {
        try (PostgresStandby standby = PostgresStandby.of(server, folder.resolve("standby"))) {
            insert("kept", true);
            standby.catchUp(server);
            standby.holdBack();
            insert("lost", true);
            server.kill();
            server = standby.promote();
            assertThat(number("select count(*) from note")).isEqualTo(1);
            insert("after", true);
        }
    }

    @Test
    void aSnapshotBringsThePastBack() throws Exception {
        insert("kept", true);
        Path copy = server.snapshot(folder.resolve("copy"));
        insert("lost", true);
        server.restore(copy);
        assertThat(number("select count(*) from note")).isEqualTo(1);
    }

    /** Answers the transaction's id. */
    private long insert(String text, boolean isCommitted) throws SQLException {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("insert into note values ('" + text + "')");
            long id = number(statement, "select pg_current_xact_id()::text::bigint");
            if (isCommitted) {
                connection.commit();
            } else {
                connection.rollback();
            }
            return id;
        }
    }

    private long number(String sql) throws SQLException {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            return number(statement, sql);
        }
    }

    private static long number(Statement statement, String sql) throws SQLException {
        try (ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
