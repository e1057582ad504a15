package dev.tandem.bench.peers;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/**
 * What a collection's growth does to reads, pages of lists and searches. One collection grows from size to size; at each one, when the index has all of it,
 * requests are sent one after the other. The page is in the middle of the collection.
 *
 * <p>{@code ./mvnw test-compile exec:java -Dexec.mainClass=dev.tandem.bench.peers.GrowthBenchmark -Dexec.classpathScope=test
 * -Dexec.args="http://localhost:8080 10000,100000,1000000"}; the JVM of Maven needs 2 KB of heap for each document.
 */
final class GrowthBenchmark {

    private static final int DIMENSIONS = 384;
    private static final int ROUNDS = 400;
    private static final int LARGE_PAGE = 1_000;
    private static final long SEED = 20_261_130;
    private static final String DOCUMENTS = TandemPeer.COLLECTION + "/documents";

    private final Http http;
    private final TandemPeer tandem;
    private final Vectors vectors;
    private final Random random = new Random(SEED);

    private GrowthBenchmark(URI address, Vectors vectors) {
        this.http = new Http(address);
        this.tandem = TandemPeer.at(address);
        this.vectors = vectors;
    }

    public static void main(String[] arguments) throws Exception {
        List<Integer> sizes =
                Stream.of(arguments[1].split(",")).map(Integer::valueOf).toList();
        new GrowthBenchmark(URI.create(arguments[0]), Vectors.of(sizes.getLast(), DIMENSIONS, SEED)).run(sizes);
    }

    private void run(List<Integer> sizes) throws Exception {
        System.out.println(
                "| documents | written | found after | one document, ms | a page of 50, ms | ten nearest, ms | recall@10 | filtered, ms | recall@10 |");
        System.out.println("|---|---|---|---|---|---|---|---|---|");
        tandem.create(vectors);
        int from = 0;
        for (int size : sizes) {
            System.out.println(row(from, size));
            from = size;
        }
    }

    private String row(int from, int size) throws Exception {
        long begin = System.nanoTime();
        tandem.add(vectors, from, size);
        double written = seconds(begin);
        tandem.awaitIndex();
        double found = seconds(begin);
        double one = median(() -> http.send("GET", DOCUMENTS + "/" + random.nextInt(size), ""));
        String middle = middle(size);
        double page = median(() -> http.send("GET", DOCUMENTS + "?limit=50&cursor=" + middle, ""));
        return String.format(
                Locale.ROOT,
                "| %,d | %.0f s | %.0f s | %.1f | %.1f | %.1f | %.3f | %.1f | %.3f |",
                size,
                written,
                found,
                one,
                page,
                nearest(false),
                recall(size, false),
                nearest(true),
                recall(size, true));
    }

    private static double seconds(long begin) {
        return (System.nanoTime() - begin) / 1e9;
    }

    /** A cursor behind half of the documents. */
    private String middle(int size) throws Exception {
        String cursor = "";
        for (int read = 0; read < size / 2; read += LARGE_PAGE) {
            String next = cursor.isEmpty() ? "" : "&cursor=" + cursor;
            cursor = new JsonObject(http.send("GET", DOCUMENTS + "?limit=" + LARGE_PAGE + next, ""))
                    .getString("nextCursor");
        }
        return cursor;
    }

    private double nearest(boolean isFiltered) throws Exception {
        float[][] queries = vectors.queries();
        return median(() -> tandem.nearest(queries[random.nextInt(queries.length)], isFiltered));
    }

    private double recall(int size, boolean isFiltered) throws Exception {
        List<Set<Integer>> truth = vectors.truth(size, isFiltered);
        return vectors.recall(tandem, isFiltered, truth);
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
}
