package dev.tandem.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tandem.testing.PackagedService;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;

/**
 * Makes a follower see transaction ids that a crash then gives out again: transactions that were aborted after the last commit. To be sure
 * of that, the replica is stopped while a document is written and the transactions behind it are aborted. When it has followed up to there,
 * it is stopped again until after the crash and until other documents have been written under the same ids.
 */
final class ForgottenTransactions {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration LONG_PATIENCE = Duration.ofMinutes(3);

    private final Cluster cluster;
    private final Ledger ledger;
    private final Workload workload;
    private int written;

    ForgottenTransactions(Cluster cluster, Ledger ledger, Workload workload) {
        this.cluster = cluster;
        this.ledger = ledger;
        this.workload = workload;
    }

    /** Crashes the database after so many aborted transactions that the replica has seen. Another replica serves meanwhile. */
    void crashAfter(int aborted, int sleeper) throws Exception {
        Rows rows = new Rows(cluster.postgres());
        PackagedService follower = cluster.replica(sleeper);
        await("the index of the replica to be built").atMost(LONG_PATIENCE).until(() -> isBuilt(follower));
        workload.burstOfConflicts(aborted);
        // Embedding commits as well, and a commit makes what was aborted before it durable.
        await("embedding to come to rest").atMost(PATIENCE).untilAsserted(() -> assertThat(rows.openWork())
                .isEmpty());
        cluster.avoid(sleeper);
        workload.burstOfConflicts(aborted);
        follower.pause();
        Trail trail = write(cluster.replica((sleeper + 1) % cluster.replicas().size()));
        workload.burstOfConflicts(aborted);
        follower.resume();
        Search search = new Search(follower, Cluster.OWN);
        await("the replica to follow")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> trail.revision() == 0
                        || !search.byWords(List.of(trail.acknowledged().word())).isEmpty());
        // It must not look at the log before the ids have been given out again, or it might notice that the log has
        // become shorter.
        follower.pause();
        cluster.postgres().crash();
        workload.everything();
        workload.awaitMore(3 * aborted);
        follower.resume();
        cluster.avoidNone();
    }

    /** One that was restarted without its index builds it while everybody writes. */
    private static boolean isBuilt(PackagedService replica) throws Exception {
        String stats = replica.send("GET", "/v1/collections/" + Cluster.OWN + "/stats", null)
                .body();
        // A replica that has just started may have no connection to spare yet, and answers that.
        JsonObject index = new JsonObject(stats).getJsonObject("index");
        return index != null && index.getString("state").equals("ok");
    }

    private Trail write(PackagedService replica) throws Exception {
        Trail trail = ledger.open(Cluster.OWN, "last-" + ++written);
        Version version = ledger.newVersion();
        trail.begin(version);
        var answer = replica.send(
                "PUT",
                "/v1/collections/" + Cluster.OWN + "/documents/" + trail.key(),
                version.body(Cluster.OWN, trail.key()).encode());
        if (answer.statusCode() == 201) {
            ledger.succeeded(trail, "PUT", 201, version, 1);
        } else {
            ledger.unanswered(trail, "PUT", answer.statusCode() + " " + answer.body(), version);
        }
        return trail;
    }
}
