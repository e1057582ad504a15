package dev.tandem.crash;

import static org.awaitility.Awaitility.await;

import dev.tandem.crash.Findings.Kind;
import dev.tandem.testing.PackagedService;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the service's own comparison of rows and index says. */
enum Reconciliation {
    AGREES("agrees"),
    DIFFERS("differs"),
    /** This service has no such route. */
    ABSENT("no such route");

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Map<String, Kind> COUNTS =
            Map.of("missing", Kind.LOST, "stale", Kind.STALE, "orphaned", Kind.ORPHAN);

    private final String label;

    Reconciliation(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }

    /** Has the collections compared; every difference is a finding. */
    static Reconciliation ask(PackagedService replica, List<String> collections, Findings findings) throws Exception {
        Reconciliation verdict = AGREES;
        for (String collection : collections) {
            HttpResponse<String> answer = replica.send("POST", "/v1/collections/" + collection + ":reconcile", null);
            if (Set.of(404, 405).contains(answer.statusCode())) {
                System.err.println("SKIPPED: this service has no route :reconcile, so it was not compared with it.");
                return ABSENT;
            }
            String job = answer.headers().firstValue("Location").orElseThrow();
            JsonObject end = await("the reconciliation")
                    .atMost(PATIENCE)
                    .until(
                            () -> new JsonObject(replica.send("GET", job, null).body()),
                            now -> now.getString("endedAt") != null);
            if (!"succeeded".equals(end.getString("state"))) {
                findings.add(Kind.UNSETTLED, "the reconciliation of " + collection, end);
                verdict = DIFFERS;
            }
            JsonObject counts = end.getJsonObject("counts", new JsonObject());
            for (Map.Entry<String, Kind> count : COUNTS.entrySet()) {
                if (counts.getLong(count.getKey(), 0L) > 0) {
                    findings.add(count.getValue(), "the reconciliation of " + collection, end);
                    verdict = DIFFERS;
                }
            }
        }
        return verdict;
    }
}
