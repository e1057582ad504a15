package dev.tandem.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.testing.PgVectorDatabase;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** An engine that two replicas share: whoever changes its index is killed, and the other one goes on. */
@ExtendWith(CrashReport.class)
class SharedEngineIT {

    private static final int KILLS = CrashOptions.amount("holder-kills", 1, 20);
    private static final int WRITES = CrashOptions.amount("shared-writes", 200, 20_000);
    private static final int WRITERS = 8;

    @TempDir
    Path folder;

    private final Random random = CrashOptions.random("shared engine");
    private final Ledger ledger = new Ledger();

    @Test
    void killingTheReplicaThatChangesASharedIndexLosesNothing() throws Exception {
        CrashEngine engine = CrashEngine.shared();
        try (Cluster cluster = Cluster.start(folder, engine, 2)) {
            IndexHolders holders = IndexHolders.watch(cluster.postgres());
            try (Workload workload = Workload.start("s", WRITERS, cluster, ledger, random)) {
                for (int kill = 0; kill < KILLS; kill++) {
                    workload.awaitMore(WRITES / (KILLS + 1));
                    cluster.restart(holders.awaitHolder(Cluster.OWN));
                }
                workload.awaitMore(WRITES - (int) ledger.acknowledged());
            }
            Verdict verdict = Checker.check(cluster, ledger);
            CrashReport.add(
                    "kill -9 of the replica that holds the lease on a shared index",
                    "%d kills, 2 replicas, %s".formatted(KILLS, engine.name()),
                    ledger,
                    verdict);
            verdict.assertClean();
            assertThat(ledger.acknowledged()).isGreaterThanOrEqualTo(WRITES);
            assertThat(holders.changes()).as("another replica went on").isPositive();
            if (engine.isPgVector()) {
                assertContentsAreTheRows(cluster, Cluster.OWN);
                assertContentsAreTheRows(cluster, Cluster.MODEL);
            }
        }
    }

    /** Read over JDBC, past the service, from both servers. */
    private static void assertContentsAreTheRows(Cluster cluster, String collection) throws SQLException {
        Map<String, Long> rows = new Rows(cluster.postgres()).versions(collection);
        String store = new Rows(cluster.postgres()).pgVectorStore(collection);
        String schema = cluster.engine().schema();
        try (var connection = PgVectorDatabase.connect()) {
            assertThat(Rows.versions(
                            connection,
                            "select key, version from %s.\"d_%s\" where gone_at is null".formatted(schema, store)))
                    .as(collection)
                    .isEqualTo(rows);
        }
    }
}
