package dev.tandem.bench;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * Clients that do not wait for each other: requests arrive at a rate, at times of chance, whatever became of those before. First the
 * capacity is measured, as the rate of a few clients that do wait; then its multiples are asked for.
 *
 * <p>By itself: {@code ./mvnw test-compile exec:java -Dexec.mainClass=dev.tandem.bench.OpenLoad -Dexec.classpathScope=test
 * -Dexec.args="http://localhost:8080 20 mixed,search"}; without the kinds of requests, all of them.
 */
public final class OpenLoad {

    private static final int DIMENSIONS = 32;
    private static final int KEYS = 2_000;
    private static final int WAITING_CLIENTS = 16;
    private static final int CONNECTIONS = 2_000;
    private static final List<String> KINDS = List.of("read", "write", "search", "mixed");
    private static final List<Integer> FACTORS = List.of(1, 2, 4, 10);
    private static final List<String> WORDS =
            List.of("tea", "water", "leaf", "rock", "river", "cloud", "engine", "paper", "copper", "bridge");

    private final Vertx vertx = Vertx.vertx();
    private final URI base;
    private final HttpClient http;
    private final String collection = "open-load-" + Long.toHexString(System.nanoTime());
    private final Random random = new Random(7);

    private OpenLoad(URI base) {
        this.base = base;
        this.http = vertx.createHttpClient(new HttpClientOptions()
                .setMaxPoolSize(CONNECTIONS)
                .setMaxWaitQueueSize(-1)
                .setKeepAliveTimeout(30));
    }

    private record Ask(HttpMethod method, String path, Buffer body) {}

    /** @param micros from the time when the request was due */
    private record Outcome(int status, long micros) {}

    public static void main(String[] arguments) throws Exception {
        OpenLoad load = new OpenLoad(URI.create(arguments[0]));
        Duration each = Duration.ofSeconds(Long.parseLong(arguments[1]));
        List<String> kinds = arguments.length < 3 ? KINDS : List.of(arguments[2].split(","));
        try {
            load.run(each, kinds);
        } finally {
            load.vertx.close();
        }
    }

    private void run(Duration each, List<String> chosen) throws Exception {
        prepare();
        Map<String, Supplier<Ask>> kinds = Map.of(
                "read", this::read,
                "write", this::write,
                "search", this::search,
                "mixed", this::any);
        System.out.println(
                "| kind | offered a second | accepted | refused | p50 | p99 of accepted | p99 of refused | others |");
        System.out.println("|---|---|---|---|---|---|---|---|");
        for (String kind : chosen) {
            // Serving and refusing are compiled while they are used, which takes a processor for some seconds.
            double cold = capacity(kinds.get(kind), each);
            open(kinds.get(kind), 4 * cold, each);
            double capacity = capacity(kinds.get(kind), each);
            for (int factor : FACTORS) {
                System.out.println("| " + kind + " x " + factor + open(kinds.get(kind), capacity * factor, each));
            }
        }
    }

    private void prepare() throws Exception {
        send(new Ask(
                        HttpMethod.POST,
                        "/v1/collections",
                        new JsonObject()
                                .put("name", collection)
                                .put(
                                        "embedding",
                                        new JsonObject().put("model", "none").put("dimensions", DIMENSIONS))
                                .toBuffer()))
                .toCompletionStage()
                .toCompletableFuture()
                .get();
        for (int key = 0; key < KEYS; key++) {
            send(new Ask(HttpMethod.PUT, document(key), content()))
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get();
        }
    }

    /** Answers in a second. */
    private double capacity(Supplier<Ask> kind, Duration time) throws Exception {
        ConcurrentLinkedQueue<Outcome> outcomes = new ConcurrentLinkedQueue<>();
        long end = System.nanoTime() + time.toNanos();
        List<Future<Void>> clients = new ArrayList<>();
        for (int i = 0; i < WAITING_CLIENTS; i++) {
            Promise<Void> done = Promise.promise();
            again(end, kind, outcomes, done);
            clients.add(done.future());
        }
        Future.join(clients).toCompletionStage().toCompletableFuture().get();
        return outcomes.stream().filter(outcome -> outcome.status < 300).count() / (time.toMillis() / 1000.0);
    }

    private void again(long end, Supplier<Ask> kind, ConcurrentLinkedQueue<Outcome> outcomes, Promise<Void> done) {
        send(kind.get()).onComplete(answer -> {
            outcomes.add(new Outcome(answer.succeeded() ? answer.result() : 0, 0));
            if (System.nanoTime() < end) {
                again(end, kind, outcomes, done);
            } else {
                done.complete();
            }
        });
    }

    private String open(Supplier<Ask> kind, double rate, Duration time) throws Exception {
        ConcurrentLinkedQueue<Outcome> outcomes = new ConcurrentLinkedQueue<>();
        SplittableRandom chance = new SplittableRandom(7);
        long begin = System.nanoTime();
        double due = 0;
        List<Future<Boolean>> answers = new ArrayList<>();
        while (due < time.toNanos()) {
            long wait = begin + (long) due - System.nanoTime();
            if (wait > 0) {
                LockSupport.parkNanos(wait);
            }
            long at = begin + (long) due;
            answers.add(send(kind.get())
                    .otherwise(0)
                    .map(status -> outcomes.add(new Outcome(status, (System.nanoTime() - at) / 1_000))));
            due += -Math.log(1 - chance.nextDouble()) / rate * TimeUnit.SECONDS.toNanos(1);
        }
        double took = (System.nanoTime() - begin) / 1e9;
        Future.join(answers).toCompletionStage().toCompletableFuture().get();
        return row(answers.size(), took, outcomes);
    }

    private static String row(int sent, double took, ConcurrentLinkedQueue<Outcome> outcomes) {
        long[] accepted = micros(outcomes, 200, 299);
        long[] refused = micros(outcomes, 503, 503);
        Map<Integer, Integer> others = new TreeMap<>();
        outcomes.stream()
                .map(Outcome::status)
                .filter(status -> status != 503 && (status < 200 || status > 299))
                .forEach(status -> others.merge(status, 1, Integer::sum));
        return " | %.0f | %.0f | %.0f | %.0f ms | %.0f ms | %.0f ms | %s |"
                .formatted(
                        sent / took,
                        accepted.length / took,
                        refused.length / took,
                        percentile(accepted, 0.5),
                        percentile(accepted, 0.99),
                        percentile(refused, 0.99),
                        others.isEmpty() ? "" : others);
    }

    private static long[] micros(ConcurrentLinkedQueue<Outcome> outcomes, int least, int most) {
        long[] micros = outcomes.stream()
                .filter(outcome -> outcome.status >= least && outcome.status <= most)
                .mapToLong(Outcome::micros)
                .toArray();
        Arrays.sort(micros);
        return micros;
    }

    private static double percentile(long[] sorted, double share) {
        return sorted.length == 0
                ? 0
                : sorted[(int) Math.min(sorted.length - 1L, (long) (sorted.length * share))] / 1e3;
    }

    /** The answer's status. */
    private Future<Integer> send(Ask ask) {
        return http.request(ask.method, base.getPort(), base.getHost(), ask.path)
                .compose((HttpClientRequest request) ->
                        request.putHeader("Content-Type", "application/json").send(ask.body))
                .compose(answer -> answer.body().map(body -> answer.statusCode()));
    }

    private synchronized Ask read() {
        return new Ask(HttpMethod.GET, document(random.nextInt(KEYS)), Buffer.buffer());
    }

    private synchronized Ask write() {
        return new Ask(HttpMethod.PUT, document(random.nextInt(KEYS)), content());
    }

    private synchronized Ask search() {
        Buffer question =
                new JsonObject().put("query", words(2)).put("vector", vector()).toBuffer();
        return new Ask(HttpMethod.POST, "/v1/collections/" + collection + "/search", question);
    }

    private synchronized Ask any() {
        return switch (random.nextInt(10)) {
            case 0, 1 -> write();
            case 2, 3 -> search();
            default -> read();
        };
    }

    private String document(int key) {
        return "/v1/collections/" + collection + "/documents/key-" + key;
    }

    private Buffer content() {
        return new JsonObject()
                .put("content", words(30))
                .put("vector", vector())
                .toBuffer();
    }

    private String words(int count) {
        StringBuilder words = new StringBuilder("everywhere");
        for (int i = 0; i < count; i++) {
            words.append(' ').append(WORDS.get(random.nextInt(WORDS.size())));
        }
        return words.toString();
    }

    private JsonArray vector() {
        JsonArray vector = new JsonArray();
        for (int i = 0; i < DIMENSIONS; i++) {
            vector.add(random.nextFloat() + 0.01f);
        }
        return vector;
    }
}
