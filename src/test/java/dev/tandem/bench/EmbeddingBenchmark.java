package dev.tandem.bench;

import dev.tandem.bench.peers.Http;
import dev.tandem.embedding.onnx.BareModel;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * Documents that the service writes and embeds with its default model, beside the bare model in a loop over the same texts, in turns. The model computes on
 * as many threads as there are processors, in both. Then: how long a hybrid search takes while a backlog is embedded, beside one without. The service must
 * be open, because the requests show no key.
 *
 * <pre>
 * ./mvnw test-compile exec:java -Dexec.mainClass=dev.tandem.bench.EmbeddingBenchmark -Dexec.classpathScope=test \
 *   -Dexec.args="http://localhost:8080 600 3"
 * </pre>
 *
 * <p>The arguments are the service, how many documents there are in a turn, and how many turns are measured.
 */
final class EmbeddingBenchmark {

    /** Each is one token for the model, so that a text is one chunk. */
    private static final String[] WORDS =
            "tea water leaf rock river cloud engine paper copper bridge house garden market winter summer school music doctor window mountain"
                    .split(" ");

    private static final int WORDS_OF_A_DOCUMENT = 110;
    private static final int SEARCHES = 200;
    private static final long PAUSE_MILLIS = 50;

    private final Random random = new Random(3);
    private final Http service;
    private final int documents;
    private int made;

    private EmbeddingBenchmark(Http service, int documents) {
        this.service = service;
        this.documents = documents;
    }

    public static void main(String[] arguments) throws Exception {
        EmbeddingBenchmark benchmark =
                new EmbeddingBenchmark(new Http(URI.create(arguments[0])), Integer.parseInt(arguments[1]));
        benchmark.compare(Integer.parseInt(arguments[2]));
        benchmark.search();
    }

    private void compare(int turns) throws Exception {
        double[] bare = new double[turns];
        double[] whole = new double[turns];
        double[] ratios = new double[turns];
        try (BareModel model = new BareModel()) {
            for (int turn = -1; turn < turns; turn++) {
                List<String> texts = texts(documents);
                double loop = documents / seconds(() -> embed(model, texts));
                String collection = create();
                double written = documents
                        / seconds(() -> {
                            write(collection, texts);
                            awaitVectors(collection);
                        });
                service.send("DELETE", "/v1/collections/" + collection, "");
                if (turn >= 0) {
                    bare[turn] = loop;
                    whole[turn] = written;
                    ratios[turn] = written / loop;
                }
            }
        }
        System.out.println("| | documents a second |\n|---|---|");
        System.out.printf(Locale.ROOT, "| the bare model | %.0f |%n", median(bare));
        System.out.printf(Locale.ROOT, "| the service | %.0f |%n", median(whole));
        System.out.printf(Locale.ROOT, "| ratio | %.2f |%n", median(ratios));
    }

    private void search() throws Exception {
        String searched = create();
        write(searched, texts(documents));
        awaitVectors(searched);
        latencies(searched);
        double[] idle = latencies(searched);
        String backlog = create();
        // More than the searches take.
        write(backlog, texts(20 * documents));
        double[] busy = latencies(searched);
        boolean wasBusy = pending(backlog) > 0;
        service.send("DELETE", "/v1/collections/" + backlog, "");
        service.send("DELETE", "/v1/collections/" + searched, "");
        if (!wasBusy) {
            throw new IllegalStateException("The backlog ended before the searches: ask for more documents.");
        }
        System.out.println("| hybrid search | p50, ms | p99, ms |\n|---|---|---|");
        System.out.printf(Locale.ROOT, "| idle | %.1f | %.1f |%n", percentile(idle, 50), percentile(idle, 99));
        System.out.printf(
                Locale.ROOT, "| while embedding | %.1f | %.1f |%n", percentile(busy, 50), percentile(busy, 99));
    }

    private double[] latencies(String collection) throws Exception {
        double[] millis = new double[SEARCHES];
        for (int i = 0; i < SEARCHES; i++) {
            String body = new JsonObject().put("query", text(4)).encode();
            millis[i] = 1_000 * seconds(() -> service.send("POST", "/v1/collections/" + collection + "/search", body));
            Thread.sleep(PAUSE_MILLIS);
        }
        return millis;
    }

    private static void embed(BareModel model, List<String> texts) throws InterruptedException {
        try (ExecutorService threads =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
            texts.forEach(text -> threads.execute(() -> model.embed(text)));
            threads.shutdown();
            if (!threads.awaitTermination(1, TimeUnit.HOURS)) {
                throw new IllegalStateException("The model takes too long.");
            }
        }
    }

    private interface Task {
        void run() throws Exception;
    }

    private static double seconds(Task task) throws Exception {
        long begun = System.nanoTime();
        task.run();
        return (System.nanoTime() - begun) / 1e9;
    }

    private static double median(double[] figures) {
        return percentile(figures, 50);
    }

    private static double percentile(double[] figures, int percent) {
        double[] sorted = figures.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length * percent / 100];
    }

    private List<String> texts(int count) {
        return IntStream.range(0, count)
                .mapToObj(ignored -> text(WORDS_OF_A_DOCUMENT))
                .toList();
    }

    private String text(int words) {
        List<String> chosen = new ArrayList<>();
        for (int i = 0; i < words; i++) {
            chosen.add(WORDS[random.nextInt(WORDS.length)]);
        }
        return String.join(" ", chosen);
    }

    private String create() throws Exception {
        String name = "embedding-" + Long.toHexString(System.nanoTime()) + "-" + made++;
        service.send(
                "POST", "/v1/collections", new JsonObject().put("name", name).encode());
        return name;
    }

    private void write(String collection, List<String> texts) throws Exception {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < texts.size(); i++) {
            lines.append(new JsonObject()
                            .put("key", "key-" + i)
                            .put("content", texts.get(i))
                            .encode())
                    .append('\n');
        }
        service.send(
                "POST",
                "/v1/collections/" + collection + "/documents:import",
                "application/x-ndjson",
                lines.toString());
    }

    private void awaitVectors(String collection) throws Exception {
        while (pending(collection) > 0) {
            Thread.sleep(50);
        }
    }

    private int pending(String collection) throws Exception {
        String stats = service.send("GET", "/v1/collections/" + collection + "/stats", "");
        return new JsonObject(stats).getJsonObject("embedding").getInteger("pending");
    }
}
