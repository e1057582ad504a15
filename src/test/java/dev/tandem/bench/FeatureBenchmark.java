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
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What each {@linkplain Feature feature} costs over HTTP: every question is asked with each of them, one request after the other, in an order by chance that
 * changes with every question. So whatever slows the machine for a while slows all of them. The documents are random words, some more frequent than
 * others, by a fixed seed; the service embeds them with its default model, once. The service must be open, because the requests show no key.
 *
 * <pre>
 * ./mvnw test-compile exec:java -Dexec.mainClass=dev.tandem.bench.FeatureBenchmark -Dexec.classpathScope=test \
 *   -Dexec.args="http://localhost:8080 2000 10"
 * </pre>
 *
 * <p>The arguments are the service, how many documents there are, and how many turns of all questions are measured.
 */
final class FeatureBenchmark {

    private static final int WORDS = 4_000;
    private static final int WORDS_OF_A_DOCUMENT = 300;
    private static final int WORDS_OF_A_SENTENCE = 12;
    private static final int BATCH = 500;
    private static final int QUESTIONS = 40;
    private static final int WARM_UP = 4;
    private static final int PERCENTILE = 95;
    private static final Duration UNTIL_EMBEDDED = Duration.ofMinutes(30);

    private final HttpClient http = HttpClient.newHttpClient();
    private final Random random = new Random(11);
    private final URI service;
    private final String collection = "features-" + Long.toHexString(System.nanoTime());
    private final String expiring = collection + "-expiring";
    private final String[] words = new String[WORDS];
    private final List<String> questions = new ArrayList<>();
    private final List<String> made = new ArrayList<>();

    private FeatureBenchmark(URI service) {
        this.service = service;
    }

    public static void main(String[] arguments) throws Exception {
        FeatureBenchmark benchmark = new FeatureBenchmark(URI.create(arguments[0]));
        try {
            benchmark.fill(Integer.parseInt(arguments[1]));
            benchmark.run(Integer.parseInt(arguments[2]));
        } finally {
            for (String name : benchmark.made) {
                benchmark.send("DELETE", of(name, ""), "");
            }
        }
    }

    private void run(int turns) throws Exception {
        List<Feature> features = Feature.all(collection, expiring);
        double[][] times = new double[features.size()][turns * QUESTIONS];
        List<Integer> order =
                new ArrayList<>(IntStream.range(0, features.size()).boxed().toList());
        for (int turn = -WARM_UP; turn < turns; turn++) {
            for (int question = 0; question < QUESTIONS; question++) {
                Collections.shuffle(order, random);
                for (int feature : order) {
                    double millis = millis(features.get(feature), question);
                    if (turn >= 0) {
                        times[feature][turn * QUESTIONS + question] = millis;
                    }
                }
            }
        }
        print(features, times);
    }

    private static void print(List<Feature> features, double[][] times) {
        System.out.println("| request | median, ms | p95, ms | median : plain |");
        System.out.println("|---|---|---|---|");
        for (double[] of : times) {
            Arrays.sort(of);
        }
        double plain = 0;
        for (int i = 0; i < features.size(); i++) {
            Feature feature = features.get(i);
            double median = percentile(times[i], 50);
            // What is plain comes before what is compared with it.
            plain = feature.isPlain() ? median : plain;
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %.1f | %.1f | %s |%n",
                    feature.isPlain() ? "**" + feature.name() + "**" : feature.name(),
                    median,
                    percentile(times[i], PERCENTILE),
                    feature.isPlain() ? "" : String.format(Locale.ROOT, "%.2f", median / plain));
        }
    }

    private static double percentile(double[] sorted, int percent) {
        return sorted[sorted.length * percent / 100];
    }

    private double millis(Feature feature, int question) throws IOException, InterruptedException {
        List<String> asked = IntStream.range(question, question + Feature.MOST_QUESTIONS)
                .mapToObj(i -> questions.get(i % QUESTIONS))
                .toList();
        JsonObject request = feature.body().apply(asked);
        if (feature.goesOn()) {
            request.put("cursor", cursor(send("POST", feature.path(), request.encode())));
        }
        String body = request.encode();
        long sent = System.nanoTime();
        send("POST", feature.path(), body);
        return (System.nanoTime() - sent) / 1e6;
    }

    private static String cursor(String answer) {
        String cursor = new JsonObject(answer).getString("nextCursor");
        if (cursor == null) {
            throw new IllegalStateException("There are too few documents for a second page: " + answer);
        }
        return cursor;
    }

    private void fill(int documents) throws Exception {
        for (int i = 0; i < WORDS; i++) {
            words[i] = word();
        }
        for (int i = 0; i < QUESTIONS; i++) {
            questions.add(words[random.nextInt(WORDS)] + " " + words[random.nextInt(WORDS / 10)]);
        }
        create(collection);
        create(expiring);
        write(collection, IntStream.range(0, documents).mapToObj(this::document));
        awaitIndex(collection);
        // With their vectors, so that nothing is embedded again.
        String export = send("GET", of(collection, "/documents:export?include=vectors"), "");
        write(expiring, export.lines().map(line -> new JsonObject(line).put("expiresAt", "2999-01-01T00:00:00Z")));
        awaitIndex(expiring);
    }

    private void create(String name) throws Exception {
        send("POST", "/v1/collections", new JsonObject().put("name", name).encode());
        made.add(name);
    }

    private void write(String name, Stream<JsonObject> documents) throws Exception {
        StringBuilder lines = new StringBuilder();
        int batched = 0;
        for (Iterator<JsonObject> left = documents.iterator(); left.hasNext(); ) {
            lines.append(left.next().encode()).append('\n');
            batched++;
            if (batched == BATCH || !left.hasNext()) {
                send("POST", of(name, "/documents:import"), lines.toString());
                lines.setLength(0);
                batched = 0;
            }
        }
    }

    private void awaitIndex(String name) throws Exception {
        long end = System.nanoTime() + UNTIL_EMBEDDED.toNanos();
        JsonObject stats = new JsonObject(send("GET", of(name, "/stats"), ""));
        while (stats.getJsonObject("embedding").getInteger("pending") > 0
                || stats.getJsonObject("index").getLong("lag") > 0) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("The index is still behind: " + stats);
            }
            Thread.sleep(1_000);
            stats = new JsonObject(send("GET", of(name, "/stats"), ""));
        }
    }

    private String word() {
        StringBuilder word = new StringBuilder();
        for (int i = 0; i < 3 + random.nextInt(3); i++) {
            word.append("bdfgklmnprst".charAt(random.nextInt(12))).append("aeiou".charAt(random.nextInt(5)));
        }
        return word.toString();
    }

    private JsonObject document(int number) {
        StringBuilder content = new StringBuilder();
        for (int i = 1; i <= WORDS_OF_A_DOCUMENT; i++) {
            // The first words are the frequent ones.
            double place = Math.pow(random.nextDouble(), 3);
            content.append(words[(int) (place * WORDS)]).append(i % WORDS_OF_A_SENTENCE == 0 ? ". " : " ");
        }
        return new JsonObject()
                .put("key", "key-" + number)
                .put("title", "Document " + words[random.nextInt(WORDS)])
                .put("content", content.toString())
                .put("metadata", metadata(number));
    }

    private JsonObject metadata(int number) {
        return new JsonObject()
                .put("year", 1990 + number % 35)
                .put("kind", "kind-" + number % 7)
                .put("price", number % 1_000 / 10.0)
                .put(
                        "spot",
                        new JsonObject()
                                .put("lat", 48 + 2 * random.nextDouble())
                                .put("lon", 11 + 2 * random.nextDouble()))
                .put("steps", new JsonArray().add(step("pan")).add(step("pot")));
    }

    private JsonObject step(String tool) {
        return new JsonObject().put("tool", tool).put("minutes", random.nextInt(60));
    }

    private static String of(String name, String rest) {
        return "/v1/collections/" + name + rest;
    }

    private String send(String method, String path, String body) throws IOException, InterruptedException {
        URI address = service.resolve(path);
        String type = path.endsWith(":import") ? "application/x-ndjson" : "application/json";
        HttpRequest request = HttpRequest.newBuilder(address)
                .header("Content-Type", type)
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
        if (answer.statusCode() >= 300) {
            throw new IllegalStateException(address + ": " + answer.body());
        }
        return answer.body();
    }
}
