package dev.tandem.bench;

import dev.tandem.bench.peers.Http;
import dev.tandem.bench.peers.Json;
import dev.tandem.bench.peers.Vectors;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/**
 * What a collection's growth does to reads, pages of lists and searches. One collection grows from size to size; at each one, when the index has all of it,
 * requests are sent one after the other.
 *
 * <p>{@code ./mvnw test-compile exec:java -Dexec.mainClass=dev.tandem.bench.GrowthBenchmark -Dexec.classpathScope=test
 * -Dexec.args="http://localhost:8080 10000,100000,1000000"}; the JVM of Maven needs 2 KB of heap for each document.
 */
public final class GrowthBenchmark {

    private static final int DIMENSIONS = 384;
    private static final int BATCH = 5_000;
    private static final int ROUNDS = 400;
    private static final long SEED = 20_261_130;
    private static final String COLLECTION = "/v1/collections/growth";

    private final Http http;
    private final Vectors vectors;

    private GrowthBenchmark(Http http, Vectors vectors) {
        this.http = http;
        this.vectors = vectors;
    }

    public static void main(String[] arguments) throws Exception {
        List<Integer> sizes =
                Stream.of(arguments[1].split(",")).map(Integer::valueOf).toList();
        Vectors vectors = Vectors.of(sizes.getLast(), DIMENSIONS, SEED);
        new GrowthBenchmark(new Http(URI.create(arguments[0])), vectors).run(sizes);
    }

    private void run(List<Integer> sizes) throws Exception {
        http.send(
                "POST",
                "/v1/collections",
                new JsonObject()
                        .put("name", "growth")
                        .put("embedding", new JsonObject().put("model", "none").put("dimensions", DIMENSIONS))
                        .encode());
        System.out.println(
                "| documents | written | found after | one document, ms | a page of 50, ms | ten nearest, ms | recall@10 | filtered, ms | recall@10 |");
        System.out.println("|---|---|---|---|---|---|---|---|---|");
        int from = 0;
        for (int size : sizes) {
            System.out.println(row(from, size));
            from = size;
        }
    }

    private String row(int from, int size) throws Exception {
        long begin = System.nanoTime();
        write(from, size);
        double written = seconds(begin);
        while (lag() > 0) {
            Thread.sleep(500);
        }
        double found = seconds(begin);
        String half = "&filter=" + "%7B%22year%22%3A%7B%22%24gte%22%3A" + Vectors.FROM + "%7D%7D";
        double one = median(() -> http.send("GET", COLLECTION + "/documents/" + (int) (Math.random() * size), ""));
        String cursor =
                new JsonObject(http.send("GET", COLLECTION + "/documents?limit=50" + half, "")).getString("nextCursor");
        double page = median(() -> http.send("GET", COLLECTION + "/documents?limit=50&cursor=" + cursor, ""));
        double nearest = median(() -> nearest((int) (Math.random() * vectors.queries().length), false));
        double recall = recall(size, false);
        double filtered = median(() -> nearest((int) (Math.random() * vectors.queries().length), true));
        return String.format(
                Locale.ROOT,
                "| %,d | %.0f s | %.0f s | %.1f | %.1f | %.1f | %.3f | %.1f | %.3f |",
                size,
                written,
                found,
                one,
                page,
                nearest,
                recall,
                filtered,
                recall(size, true));
    }

    private static double seconds(long begin) {
        return (System.nanoTime() - begin) / 1e9;
    }

    private void write(int from, int to) throws Exception {
        StringBuilder lines = new StringBuilder();
        for (int i = from; i < to; i++) {
            lines.append(new JsonObject()
                            .put("key", Integer.toString(i))
                            .put("metadata", new JsonObject().put("year", Vectors.year(i)))
                            .put("vector", Json.of(vectors.all()[i]))
                            .encode())
                    .append('\n');
            if ((i + 1) % BATCH == 0 || i + 1 == to) {
                http.send("POST", COLLECTION + "/documents:import", "application/x-ndjson", lines.toString());
                lines.setLength(0);
            }
        }
    }

    private long lag() throws Exception {
        return new JsonObject(http.send("GET", COLLECTION + "/stats", ""))
                .getJsonObject("index")
                .getLong("lag");
    }

    /** Milliseconds, after as many requests to warm up. */
    private static double median(Callable<?> request) throws Exception {
        double[] times = new double[ROUNDS];
        for (int round = -ROUNDS; round < ROUNDS; round++) {
            long begin = System.nanoTime();
            request.call();
            if (round >= 0) {
                times[round] = (System.nanoTime() - begin) / 1e6;
            }
        }
        Arrays.sort(times);
        return times[ROUNDS / 2];
    }

    private List<Integer> nearest(int query, boolean isFiltered) throws Exception {
        JsonObject body = new JsonObject()
                .put("vector", Json.of(vectors.queries()[query]))
                .put("limit", Vectors.LIMIT)
                .put("include", new JsonArray());
        if (isFiltered) {
            body.put("filter", new JsonObject().put("year", new JsonObject().put("$gte", Vectors.FROM)));
        }
        JsonArray hits = new JsonObject(http.send("POST", COLLECTION + "/search", body.encode())).getJsonArray("items");
        return hits.stream()
                .map(hit -> Integer.valueOf(((JsonObject) hit).getString("key")))
                .toList();
    }

    private double recall(int size, boolean isFiltered) throws Exception {
        List<Set<Integer>> truth = vectors.truth(size, isFiltered);
        long found = 0;
        for (int query = 0; query < truth.size(); query++) {
            found += nearest(query, isFiltered).stream()
                    .filter(truth.get(query)::contains)
                    .count();
        }
        return found / (double) (Vectors.LIMIT * truth.size());
    }
}
