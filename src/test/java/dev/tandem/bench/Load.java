package dev.tandem.bench;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;

/**
 * Clients that write, read, search and delete at once, each as fast as it is answered, all in one collection whose vectors they bring.
 *
 * <p>By itself: {@code ./mvnw test-compile exec:java -Dexec.mainClass=dev.tandem.bench.Load -Dexec.classpathScope=test
 * -Dexec.args="http://localhost:8080 64 60"}.
 */
public final class Load {

    private static final int DIMENSIONS = 8;
    private static final int KEYS = 500;
    private static final List<String> WORDS =
            List.of("tea", "water", "leaf", "rock", "river", "cloud", "engine", "paper", "copper", "bridge");

    private final HttpClient http;
    private final URI base;
    private final String collection;
    private final Map<String, LongAdder> answers = new ConcurrentHashMap<>();
    private final List<Long> micros = new ArrayList<>();

    /** @param base of the service, e.g. {@code http://localhost:8080} */
    public Load(URI base) {
        this.base = base;
        this.collection = "load-" + Long.toHexString(System.nanoTime());
        this.http =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    }

    /**
     * What came of it.
     *
     * @param answers how often each status came, by kind of request
     * @param collection where it happened
     */
    public record Report(String collection, SortedMap<String, Long> answers, Duration took, long[] sortedMicros) {

        public long total() {
            return sortedMicros.length;
        }

        /** In milliseconds. */
        public double percentile(double share) {
            return sortedMicros[(int) Math.min(sortedMicros.length - 1L, (long) (sortedMicros.length * share))]
                    / 1000.0;
        }

        @Override
        public String toString() {
            return "%d requests in %.1f s, %.0f a second; p50 %.1f ms, p99 %.1f ms, p99.9 %.1f ms; %s"
                    .formatted(
                            total(),
                            took.toMillis() / 1000.0,
                            total() * 1000.0 / took.toMillis(),
                            percentile(0.5),
                            percentile(0.99),
                            percentile(0.999),
                            answers);
        }
    }

    public static void main(String[] arguments) throws Exception {
        Load load = new Load(URI.create(arguments[0]));
        int clients = Integer.parseInt(arguments[1]);
        System.out.println(load.run(clients, Duration.ofSeconds(Long.parseLong(arguments[2]))));
    }

    /** Runs that many clients for that long. Fails if a request is not answered at all. */
    public Report run(int clients, Duration duration) throws Exception {
        send(
                "create",
                request("/v1/collections")
                        .POST(json(new JsonObject()
                                .put("name", collection)
                                .put(
                                        "embedding",
                                        new JsonObject().put("model", "none").put("dimensions", DIMENSIONS)))));
        long begin = System.nanoTime();
        long end = begin + duration.toNanos();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> running = new ArrayList<>();
            for (int client = 0; client < clients; client++) {
                Random random = new Random(client);
                running.add(threads.submit(() -> {
                    while (System.nanoTime() < end) {
                        step(random);
                    }
                    return null;
                }));
            }
            for (Future<?> client : running) {
                client.get();
            }
        }
        SortedMap<String, Long> counts = new TreeMap<>();
        answers.forEach((answer, count) -> counts.put(answer, count.sum()));
        long[] sorted = micros.stream().mapToLong(Long::longValue).toArray();
        Arrays.sort(sorted);
        return new Report(collection, counts, Duration.ofNanos(System.nanoTime() - begin), sorted);
    }

    private void step(Random random) throws IOException, InterruptedException {
        String document = "/v1/collections/" + collection + "/documents/key-" + random.nextInt(KEYS);
        switch (random.nextInt(10)) {
            case 0, 1, 2, 3 -> send("put", request(document).PUT(json(document(random))));
            case 4 ->
                send(
                        "patch",
                        request(document)
                                .method("PATCH", json(new JsonObject().put("metadata", new JsonObject().put("n", 1)))));
            case 5 -> send("delete", request(document).DELETE());
            case 6 -> send("get", request(document).GET());
            case 7 ->
                send(
                        "list",
                        request("/v1/collections/" + collection + "/documents?limit=20&sort=-updatedAt")
                                .GET());
            default ->
                send(
                        "search",
                        request("/v1/collections/" + collection + "/search").POST(json(question(random))));
        }
    }

    private static JsonObject document(Random random) {
        return new JsonObject()
                .put("content", words(random, 12))
                .put("metadata", new JsonObject().put("n", random.nextInt(5)))
                .put("vector", vector(random));
    }

    private static JsonObject question(Random random) {
        JsonObject question = new JsonObject().put("query", words(random, 2)).put("vector", vector(random));
        return random.nextBoolean() ? question : question.put("filter", new JsonObject().put("n", random.nextInt(5)));
    }

    private static String words(Random random, int count) {
        StringBuilder words = new StringBuilder("everywhere");
        for (int i = 0; i < count; i++) {
            words.append(' ').append(WORDS.get(random.nextInt(WORDS.size())));
        }
        return words.toString();
    }

    private static JsonArray vector(Random random) {
        JsonArray vector = new JsonArray();
        for (int i = 0; i < DIMENSIONS; i++) {
            vector.add(random.nextFloat() + 0.01f);
        }
        return vector;
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(base.resolve(path))
                .timeout(Duration.ofSeconds(60))
                .header("Content-Type", "application/json");
    }

    private static HttpRequest.BodyPublisher json(JsonObject body) {
        return BodyPublishers.ofString(body.encode());
    }

    private void send(String kind, HttpRequest.Builder request) throws IOException, InterruptedException {
        long sent = System.nanoTime();
        HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
        long took = (System.nanoTime() - sent) / 1_000;
        synchronized (micros) {
            micros.add(took);
        }
        answers.computeIfAbsent(kind + " " + answer.statusCode(), any -> new LongAdder())
                .increment();
        if (answer.statusCode() >= 500) {
            System.err.println(kind + " " + answer.statusCode() + " " + answer.body());
        }
    }
}
