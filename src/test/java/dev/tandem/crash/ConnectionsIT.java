package dev.tandem.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;
import static org.junit.jupiter.api.parallel.ExecutionMode.SAME_THREAD;

import dev.tandem.testing.PackagedService;
import dev.tandem.testing.Thorough;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;

/** The connections between the service and PostgreSQL are cut, closed by half, slowed down and silenced. It never has to be restarted. */
@Thorough
@ExtendWith(CrashReport.class)
@Execution(CONCURRENT) // most of its time is waiting; but its scenarios share a cluster
class ConnectionsIT {

    private static final Duration STATEMENT_TIMEOUT = Duration.ofSeconds(3);
    /** How long any request may take: the statement's limit and a second. */
    private static final Duration ANSWERED = STATEMENT_TIMEOUT.plusSeconds(1);
    /** How soon after the connections work again the first request succeeds. */
    private static final Duration HEALED = Duration.ofSeconds(5);

    private static final Duration SILENCE = Duration.ofSeconds(CrashOptions.amount("silence-seconds", 5, 8));
    private static final int ROUNDS = CrashOptions.amount("connection-rounds", 1, 10);
    private static final int BETWEEN = CrashOptions.amount("between-connection-faults", 50, 500);
    private static final int WRITERS = 8;

    @TempDir
    static Path folder;

    private static final Random RANDOM = CrashOptions.random("connections");
    /** Of all scenarios here: what one of them wrote must have survived the others as well. */
    private static final Ledger LEDGER = new Ledger();

    private static Cluster cluster;

    private final StringBuilder seen = new StringBuilder();

    @BeforeAll
    static void start() throws Exception {
        cluster = Cluster.start(
                folder,
                1,
                "tandem.database.statement-timeout=" + STATEMENT_TIMEOUT.toSeconds() + "S",
                "tandem.database.lock-timeout=2S",
                "tandem.database.pool-timeout=2S");
    }

    @AfterAll
    static void stop() throws InterruptedException {
        cluster.close();
    }

    @Test
    @Execution(SAME_THREAD)
    void cutConnectionsAreReplaced() throws Exception {
        try (Workload workload = Workload.start("c", WRITERS, cluster, LEDGER, RANDOM)) {
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
        verify("connections cut with RST, closed by half, slowed by 50 ms", 3 * ROUNDS + " times");
    }

    @Test
    @Execution(SAME_THREAD)
    void silentConnectionsAreGivenUp() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            try (Workload workload = Workload.start("s" + round + "-", WRITERS, cluster, LEDGER, RANDOM)) {
                workload.awaitMore(BETWEEN);
                cluster.proxy().silence();
                assertAnswersMeanwhile(cluster.replica(0));
                cluster.proxy().heal();
                assertHealsAtOnce(cluster.replica(0));
                workload.awaitMore(BETWEEN);
            }
        }
        verify("connections silenced for good, new ones after " + SILENCE.toSeconds() + " s", ROUNDS + " times");
    }

    @Test
    @Execution(SAME_THREAD)
    void aPausedPostgresIsWaitedForNoLongerThanAStatementMayTake() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            try (Workload workload = Workload.start("p" + round + "-", WRITERS, cluster, LEDGER, RANDOM)) {
                workload.awaitMore(BETWEEN);
                cluster.postgres().pause();
                assertAnswersMeanwhile(cluster.replica(0));
                cluster.postgres().resume();
                assertHealsAtOnce(cluster.replica(0));
                workload.awaitMore(BETWEEN);
            }
        }
        verify("PostgreSQL stopped (SIGSTOP) for " + SILENCE.toSeconds() + " s", ROUNDS + " times");
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

    private void verify(String fault, String times) throws Exception {
        Verdict verdict = Checker.check(cluster, LEDGER);
        CrashReport.add(fault, times + seen, LEDGER, verdict);
        verdict.assertClean();
    }
}
