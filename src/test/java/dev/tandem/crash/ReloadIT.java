package dev.tandem.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tandem.testing.PackagedService;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every text of a collection with a model is changed by an import, as a nightly reload does. Search by meaning goes on. */
@ExtendWith({CrashReport.class, SharedCluster.class})
class ReloadIT {

    private static final int DOCUMENTS = CrashOptions.amount("reloaded", 100, 2_000);
    private static final Duration EMBEDDED = Duration.ofMinutes(10);
    private static final Duration SAMPLED = Duration.ofMillis(50);

    @Test
    void aReloadNeverBlindsSearchByMeaning(Cluster cluster) throws Exception {
        PackagedService replica = cluster.replica(0);
        load(replica, "");
        awaitEmbedded(replica);
        int before = hits(replica);
        assertThat(before).isEqualTo(Math.min(DOCUMENTS, Search.LARGEST_LIMIT));
        load(replica, " once more");
        AtomicInteger fewest = new AtomicInteger(before);
        AtomicInteger samples = new AtomicInteger();
        await("all changed documents to be embedded")
                .atMost(EMBEDDED)
                .pollInterval(SAMPLED)
                .until(() -> {
                    boolean isOver = pending(replica) == 0;
                    fewest.accumulateAndGet(hits(replica), Math::min);
                    samples.addAndGet(isOver ? 0 : 1);
                    return isOver;
                });
        CrashReport.add(
                "a reload of changed texts, search by meaning sampled meanwhile",
                "%,d documents, %,d samples with limit=1000".formatted(DOCUMENTS, samples.get()),
                "%d hits before, never fewer than %d".formatted(before, fewest.get()));
        assertThat(samples).as("it was over before anything was sampled").hasPositiveValue();
        assertThat(fewest).hasValue(before);
    }

    private static void load(PackagedService replica, String more) throws IOException, InterruptedException {
        String lines = IntStream.range(0, DOCUMENTS)
                .mapToObj(n -> new JsonObject()
                        .put("key", "k" + n)
                        .put("content", "The recipe with the number " + n + " needs flour and water" + more)
                        .encode())
                .collect(Collectors.joining("\n"));
        HttpResponse<String> answer = replica.send(
                "POST",
                "/v1/collections/" + Cluster.MODEL + "/documents:import",
                lines,
                "Content-Type",
                "application/x-ndjson");
        JsonObject summary = new JsonObject(answer.body().lines().toList().getLast()).getJsonObject("summary");
        assertThat(summary.getInteger("failed")).as(answer.body()).isZero();
        assertThat(summary.getInteger("received")).isEqualTo(DOCUMENTS);
    }

    private static int hits(PackagedService replica) throws IOException, InterruptedException {
        return new Search(replica, Cluster.MODEL)
                .byMeaning("bread", Search.LARGEST_LIMIT)
                .size();
    }

    private static long pending(PackagedService replica) throws IOException, InterruptedException {
        return stats(replica).getJsonObject("embedding").getLong("pending");
    }

    private static void awaitEmbedded(PackagedService replica) {
        await("all documents to be embedded and indexed")
                .atMost(EMBEDDED)
                .until(() -> pending(replica) == 0
                        && stats(replica).getJsonObject("index").getLong("lag") == 0);
    }

    private static JsonObject stats(PackagedService replica) throws IOException, InterruptedException {
        return new JsonObject(replica.send("GET", "/v1/collections/" + Cluster.MODEL + "/stats", null)
                .body());
    }
}
