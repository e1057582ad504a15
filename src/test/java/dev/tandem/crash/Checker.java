package dev.tandem.crash;

import static org.awaitility.Awaitility.await;

import dev.tandem.crash.Findings.Kind;
import dev.tandem.testing.PackagedService;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.awaitility.core.ConditionTimeoutException;

/** Judges a cluster from outside, when no fault acts on it any more: by its API and by SQL. */
final class Checker {

    /** How long after the last fault a cluster may take to be in step again. */
    static final Duration CONVERGENCE = Duration.ofSeconds(CrashOptions.amount("convergence-seconds", 30, 120));

    private static final List<String> COLLECTIONS = List.of(Cluster.OWN, Cluster.MODEL);
    private static final int VECTORS = CrashOptions.amount("vectors", 50, 2_000);

    private final Cluster cluster;
    private final Ledger ledger;
    private final Rows rows;
    private final Findings findings = new Findings();

    private Checker(Cluster cluster, Ledger ledger) {
        this.cluster = cluster;
        this.ledger = ledger;
        this.rows = new Rows(cluster.postgres());
    }

    /** Waits until the cluster is in step, and compares acknowledgements, rows and every replica's searches. */
    static Verdict check(Cluster cluster, Ledger ledger) throws Exception {
        return check(cluster, ledger, trail -> true);
    }

    /**
     * As {@link #check(Cluster, Ledger)}.
     *
     * @param counts whose acknowledgements count: those of others are lost with the database that gave them
     */
    static Verdict check(Cluster cluster, Ledger ledger, Predicate<Trail> counts) throws Exception {
        return new Checker(cluster, ledger).run(counts);
    }

    /** Waits until the cluster says that it is in step. */
    static void awaitSettled(Cluster cluster) {
        Checker checker = new Checker(cluster, new Ledger());
        await("the cluster to settle").atMost(CONVERGENCE).until(() -> checker.unsettled()
                .isEmpty());
    }

    private Verdict run(Predicate<Trail> counts) throws Exception {
        long start = System.nanoTime();
        awaitSettled();
        Duration converged = Duration.ofNanos(System.nanoTime() - start);
        for (String collection : COLLECTIONS) {
            Map<String, Trail> trails = ledger.of(collection);
            Map<String, Version> documents = rows.documents(collection);
            new RowCheck(trails, documents, findings).run(counts);
            for (PackagedService replica : cluster.replicas()) {
                new IndexCheck(collection, trails, documents, replica, findings).run(VECTORS);
            }
        }
        Reconciliation reconciliation = Reconciliation.ask(cluster.replica(0), COLLECTIONS, findings);
        ledger.surprises().forEach(answer -> findings.add(Kind.UNSETTLED, "an answer that no fault explains", answer));
        return new Verdict(converged, findings, reconciliation);
    }

    private void awaitSettled() {
        try {
            await().atMost(CONVERGENCE).pollInterval(Duration.ofMillis(100)).untilAsserted(() -> {
                String unsettled = unsettled();
                if (!unsettled.isEmpty()) {
                    throw new AssertionError(unsettled);
                }
            });
        } catch (ConditionTimeoutException e) {
            findings.add(Kind.UNSETTLED, "after " + CONVERGENCE.toSeconds() + " s", String.valueOf(e.getMessage()));
        }
    }

    /** What is not in step yet, in words; empty if everything is. */
    private String unsettled() throws IOException, InterruptedException, SQLException {
        List<String> open = rows.openWork();
        if (!open.isEmpty()) {
            return "work is open: " + open;
        }
        if (rows.idleInTransaction() > 0) {
            return rows.idleInTransaction() + " connections are idle in transaction";
        }
        for (String collection : COLLECTIONS) {
            int expected = rows.documents(collection).size();
            for (PackagedService replica : cluster.replicas()) {
                JsonObject stats = new JsonObject(replica.send("GET", "/v1/collections/" + collection + "/stats", null)
                        .body());
                boolean isSettled = stats.getLong("documents", -1L) == expected
                        && stats.getLong("chunks") == expected
                        && stats.getJsonObject("embedding").getLong("pending") == 0
                        && stats.getJsonObject("embedding").getLong("parked") == 0
                        && stats.getJsonObject("index").getLong("lag") == 0;
                if (!isSettled) {
                    return collection + " has " + expected + " rows, and its stats at " + replica.base() + " are "
                            + stats;
                }
            }
        }
        return "";
    }
}
