package dev.tandem.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tandem.testing.PackagedService;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The disk under an index takes nothing more for a while. Writes and searches go on, and nobody has to be restarted. */
@ExtendWith({CrashReport.class, SharedCluster.class})
class FullDiskIT {

    private static final int ROUNDS = CrashOptions.amount("disk-rounds", 1, 10);
    private static final int BETWEEN = CrashOptions.amount("between-disk-faults", 50, 500);
    private static final int WRITERS = 8;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String COLLECTION = "/v1/collections/" + Cluster.OWN;

    private final Random random = CrashOptions.random("disk");
    private final Ledger ledger = new Ledger();

    @Test
    void afterAFullDiskIndexAndRowsAreInStep(Cluster cluster) throws Exception {
        PackagedService replica = cluster.replica(0);
        Version known = writeKnown(replica);
        try (Workload workload = Workload.start("d", WRITERS, cluster, ledger, random)) {
            for (int round = 0; round < ROUNDS; round++) {
                workload.awaitMore(BETWEEN);
                replica.fillDisk();
                workload.awaitMore(BETWEEN);
                await("the index to be called degraded").atMost(PATIENCE).until(() -> state(replica)
                        .equals("degraded"));
                assertIsFound(replica, known);
                workload.awaitMore(BETWEEN);
                assertIsFound(replica, known);
                replica.emptyDisk();
            }
        }
        Verdict verdict = Checker.check(cluster, ledger);
        CrashReport.add("a disk that takes nothing more", ROUNDS + " times", ledger, verdict);
        verdict.assertClean();
        assertThat(state(replica)).isEqualTo("ok");
    }

    private Version writeKnown(PackagedService replica) throws Exception {
        Version known = ledger.newVersion();
        HttpResponse<String> answer = replica.send(
                "PUT",
                COLLECTION + "/documents/known",
                known.body(Cluster.OWN, "known").encode(),
                "Prefer",
                "wait=30");
        assertThat(answer.statusCode()).isEqualTo(201);
        ledger.succeeded(ledger.open(Cluster.OWN, "known"), "PUT", 201, known, 1);
        return known;
    }

    private static void assertIsFound(PackagedService replica, Version known) throws Exception {
        JsonObject query = new JsonObject().put("query", known.word()).put("mode", "keyword");
        HttpResponse<String> answer = replica.send("POST", COLLECTION + "/search", query.encode());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(new JsonObject(answer.body()).getJsonArray("items"))
                .as("seed %d: %s", CrashOptions.SEED, answer.body())
                .hasSize(1);
    }

    private static String state(PackagedService replica) throws Exception {
        return new JsonObject(replica.send("GET", COLLECTION + "/stats", null).body())
                .getJsonObject("index")
                .getString("state");
    }
}
