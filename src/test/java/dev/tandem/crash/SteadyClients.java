package dev.tandem.crash;

import static org.awaitility.Awaitility.await;

import dev.tandem.testing.CallerThreads;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Clients that write a document each, read it, list and search, again and again. None asks twice: an answer that is not as expected, or that does
 * not come, is a failure.
 */
final class SteadyClients implements AutoCloseable {

    private static final String COLLECTION = "/v1/collections/steady";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long PAUSE_MILLIS = 10;

    private final URI base;
    private final ExecutorService threads = CallerThreads.open();
    private final AtomicInteger done = new AtomicInteger();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private volatile boolean isStopped;

    private SteadyClients(URI base) {
        this.base = base;
    }

    static SteadyClients start(URI base, int number) throws Exception {
        SteadyClients clients = new SteadyClients(base);
        try (HttpClient http = client()) {
            clients.ask(
                    http,
                    "POST",
                    "/v1/collections",
                    "{\"name\":\"steady\",\"embedding\":{\"model\":\"none\",\"dimensions\":2}}",
                    201);
        }
        for (int i = 0; i < number; i++) {
            int client = i;
            clients.threads.submit(() -> clients.run(client));
        }
        return clients;
    }

    private static HttpClient client() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(PATIENCE)
                .build();
    }

    /** Waits for so many requests more. */
    void awaitMore(int number) {
        int enough = done.get() + number;
        await().atMost(Duration.ofMinutes(5)).until(() -> done.get() >= enough || !failures.isEmpty());
    }

    int done() {
        return done.get();
    }

    List<String> failures() {
        return List.copyOf(failures);
    }

    private Void run(int number) throws InterruptedException {
        String document = COLLECTION + "/documents/key-" + number;
        try (HttpClient http = client()) {
            for (int version = 1; !isStopped; version++) {
                String body = "{\"content\":\"text of %d in version %d\",\"vector\":[1,%d]}"
                        .formatted(number, version, version);
                ask(http, "PUT", document, body, version == 1 ? 201 : 200);
                String read = ask(http, "GET", document, null, 200);
                if (read != null && !read.contains("in version " + version)) {
                    failures.add("version " + version + " was acknowledged, and then read: " + read);
                }
                ask(http, "PATCH", document, "{\"metadata\":{\"round\":" + version + "}}", 200);
                version++;
                ask(http, "POST", COLLECTION + "/search", "{\"query\":\"text\",\"mode\":\"keyword\"}", 200);
                ask(http, "GET", COLLECTION + "/documents?limit=5", null, 200);
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            }
        }
        return null;
    }

    private @Nullable String ask(HttpClient http, String method, String path, @Nullable String json, int expected)
            throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(base.resolve(path))
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .method(method, json == null ? BodyPublishers.noBody() : BodyPublishers.ofString(json))
                .build();
        try {
            HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
            done.incrementAndGet();
            if (answer.statusCode() == expected) {
                return answer.body();
            }
            failures.add(method + " " + path + " was answered " + answer.statusCode() + ": " + answer.body());
        } catch (IOException e) {
            failures.add(method + " " + path + " was not answered: " + e);
        }
        return null;
    }

    @Override
    public void close() {
        isStopped = true;
        threads.close();
    }
}
