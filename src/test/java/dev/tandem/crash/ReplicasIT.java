package dev.tandem.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tandem.testing.PackagedService;
import dev.tandem.testing.Thorough;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Several replicas on one database: one of them is killed, stopped past its leases, or asked to end, and others go on. */
@Thorough
@ExtendWith({CrashReport.class, SharedCluster.class})
class ReplicasIT {

    private static final int REPLICAS = CrashOptions.amount("replicas", 2, 3);
    private static final int ROUNDS = CrashOptions.amount("replica-rounds", 1, 5);
    private static final int BETWEEN = CrashOptions.amount("between-replica-faults", 50, 1_000);
    private static final int EMBEDDED = CrashOptions.amount("shared-documents", 60, 2_000);
    private static final int WRITERS = 8;
    /** Leases last three seconds here. */
    private static final Duration PAST_THE_LEASES = Duration.ofSeconds(4);

    private final Random random = CrashOptions.random("replicas");
    private final Ledger ledger = new Ledger();

    @Test
    void noReplicaTakesAnythingWithIt(Cluster cluster) throws Exception {
        cluster.scaleTo(REPLICAS);
        try (EmbeddingTries tries = EmbeddingTries.watch(cluster.postgres())) {
            assertEmbeddingIsShared(cluster, tries);
        }
        try (Workload workload = Workload.start("r", WRITERS, cluster, ledger, random)) {
            for (int round = 0; round < ROUNDS; round++) {
                workload.awaitMore(BETWEEN);
                pausePastItsLeases(cluster.any(random));
                workload.awaitMore(BETWEEN);
                int leaving = random.nextInt(REPLICAS);
                cluster.replica(leaving).terminate();
                cluster.replica(leaving).exit();
                cluster.restart(leaving);
                workload.awaitMore(BETWEEN);
                cluster.restartAll();
            }
        }
        Verdict verdict = Checker.check(cluster, ledger);
        CrashReport.add(
                "replicas stopped past their leases (SIGSTOP), asked to end (SIGTERM), all killed at once",
                "%d replicas, %d times each".formatted(REPLICAS, ROUNDS),
                ledger,
                verdict);
        verdict.assertClean();
    }

    /**
     * Without faults, each document is embedded by one replica, once, and each replica does a part of the work. A single
     * wave of documents may be done before a second replica looks, so each replica is handed waves until all took part.
     */
    private void assertEmbeddingIsShared(Cluster cluster, EmbeddingTries tries) throws Exception {
        Rows rows = new Rows(cluster.postgres());
        int[] waves = {0};
        await("each replica to embed a part").atMost(Duration.ofMinutes(2)).until(() -> {
            importDocuments(cluster, waves[0]++);
            await("all to be embedded").atMost(Duration.ofMinutes(2)).until(() -> rows.openWork()
                    .isEmpty());
            return tries.byRole().size() == REPLICAS;
        });
        Map<String, Integer> byReplica = tries.byRole();
        assertThat(tries.documentsTriedAgain()).as("seed %d", CrashOptions.SEED).isZero();
        assertThat(byReplica.values().stream().mapToInt(n -> n).sum()).isEqualTo(waves[0] * EMBEDDED);
        CrashReport.add(
                "embedding of new documents, without faults",
                "%,d documents, %d replicas".formatted(waves[0] * EMBEDDED, REPLICAS),
                "each embedded once: " + byReplica);
    }

    /** Imports the documents of a wave through the replica whose turn it is. */
    private void importDocuments(Cluster cluster, int wave) throws Exception {
        StringBuilder lines = new StringBuilder();
        for (int n = 0; n < EMBEDDED; n++) {
            String key = "shared%d-%d".formatted(wave, n);
            Version version = ledger.newVersion();
            lines.append(version.body(Cluster.MODEL, key).put("key", key)).append('\n');
            ledger.succeeded(ledger.open(Cluster.MODEL, key), "PUT", 201, version, 1);
        }
        HttpResponse<String> answer = cluster.replica(wave % REPLICAS)
                .send(
                        "POST",
                        "/v1/collections/" + Cluster.MODEL + "/documents:import",
                        lines.toString(),
                        "Content-Type",
                        "application/x-ndjson");
        assertThat(answer.body()).contains("\"created\":" + EMBEDDED);
    }

    private static void pausePastItsLeases(PackagedService replica) throws InterruptedException {
        replica.pause();
        TimeUnit.MILLISECONDS.sleep(PAST_THE_LEASES.toMillis());
        replica.resume();
    }
}
