package dev.tandem.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tandem.testing.PackagedService;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The connections between the service and PostgreSQL are cut, closed by half, slowed down and silenced. It never has to be restarted. */
@ExtendWith(CrashReport.class)
class ConnectionsIT {

    private static final Duration STATEMENT_TIMEOUT = Duration.ofSeconds(3);
    /** How long any request may take: the statement's limit and a second. */
    private static final Duration ANSWERED = STATEMENT_TIMEOUT.plusSeconds(1);
    /** How soon after the connections work again the first request succeeds. */
    private static final Duration HEALED = Duration.ofSeconds(5);

    private static final Duration SILENCE = Duration.ofSeconds(8);
    private static final int ROUNDS = CrashOptions.amount("connection-rounds", 1, 10);
    private static final int BETWEEN = CrashOptions.amount("between-connection-faults", 100, 500);
    private static final int WRITERS = 8;

    @TempDir
    Path folder;

    private final Random random = CrashOptions.random("connections");
    private final Ledger ledger = new Ledger();
    private final StringBuilder seen = new StringBuilder();

    @Test
    void cutConnectionsAreReplaced() throws Exception {
        try (Cluster cluster = start()) {
            try (Workload workload = Workload.start("c", WRITERS, cluster, ledger, random)) {
                for (int round = 0; round < ROUNDS; round++) {
                    workload.awaitMore(BETWEEN);
                    cluster.proxy().cut();
                    workload.awaitMore(BETWEEN);
                    cluster.proxy().halfClose();
                    workload.awaitMore(BETWEEN);
                    cluster.proxy().delay(Duration.ofMillis(50));
                    workload.awaitMore(BETWEEN / 10);
                    cluster.proxy().heal();
                }
            }
            verify(cluster, "connections cut with RST, closed by half, slowed by 50 ms", 3 * ROUNDS + " times");
        }
    }

    @Test
    void silentConnectionsAreGivenUp() throws Exception {
        try (Cluster cluster = start()) {
            for (int round = 0; round < ROUNDS; round++) {
                try (Workload workload = Workload.start("s" + round + "-", WRITERS, cluster, ledger, random)) {
                    workload.awaitMore(BETWEEN);
                    cluster.proxy().silence();
                    assertAnswersMeanwhile(cluster.replica(0));
                    cluster.proxy().heal();
                    assertHealsAtOnce(cluster.replica(0));
                    workload.awaitMore(BETWEEN);
                }
            }
            verify(
                    cluster,
                    "connections silenced for good, new ones after " + SILENCE.toSeconds() + " s",
                    ROUNDS + " times");
        }
    }

    @Test
    void aPausedPostgresIsWaitedForNoLongerThanAStatementMayTake() throws Exception {
        try (Cluster cluster = start()) {
            for (int round = 0; round < ROUNDS; round++) {
                try (Workload workload = Workload.start("p" + round + "-", WRITERS, cluster, ledger, random)) {
                    workload.awaitMore(BETWEEN);
                    cluster.postgres().pause();
                    assertAnswersMeanwhile(cluster.replica(0));
                    cluster.postgres().resume();
                    assertHealsAtOnce(cluster.replica(0));
                    workload.awaitMore(BETWEEN);
                }
            }
            verify(cluster, "PostgreSQL stopped (SIGSTOP) for " + SILENCE.toSeconds() + " s", ROUNDS + " times");
        }
    }

    private Cluster start() throws Exception {
        return Cluster.start(
                folder,
                1,
                "tandem.database.statement-timeout=" + STATEMENT_TIMEOUT.toSeconds() + "S",
                "tandem.database.lock-timeout=2S",
                "tandem.database.pool-timeout=2S");
    }

    /** While nothing answers behind it, the service says so in time. */
    private void assertAnswersMeanwhile(PackagedService replica) throws IOException, InterruptedException {
        long end = System.nanoTime() + SILENCE.toNanos();
        while (System.nanoTime() < end) {
            long start = System.nanoTime();
            int status = get(replica);
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            assertThat(status).as("seed %d", CrashOptions.SEED).isIn(200, 503);
            assertThat(took).as("until it was answered %d", status).isLessThan(ANSWERED);
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    private void assertHealsAtOnce(PackagedService replica) {
        long start = System.nanoTime();
        await("the first 200 after new connections work")
                .atMost(HEALED)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> get(replica) == 200);
        seen.append("; first 200 after %.1f s".formatted((System.nanoTime() - start) / 1e9));
    }

    private static int get(PackagedService replica) throws IOException, InterruptedException {
        return replica.send("GET", "/v1/collections/" + Cluster.OWN + "/documents?limit=1", null)
                .statusCode();
    }

    private void verify(Cluster cluster, String fault, String times) throws Exception {
        Verdict verdict = Checker.check(cluster, ledger);
        CrashReport.add(fault, times + seen, ledger, verdict);
        verdict.assertClean();
    }
}
