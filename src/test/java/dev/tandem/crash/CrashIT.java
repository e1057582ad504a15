package dev.tandem.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tandem.testing.PackagedService;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.lucene.util.IOUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The promise, tried by force: what was acknowledged is there, and the index catches up by itself, whatever is killed in between. Longer
 * with {@code -Dtandem.test.kills=20}.
 */
class CrashIT {

    private static final int KILLS = Integer.getInteger("tandem.test.kills", 3);
    private static final int WRITERS = 8;
    private static final int BETWEEN_KILLS = 150;
    /** One document in so many is embedded by a real model, the others bring a vector. */
    private static final int EMBEDDED_SHARE = 25;

    private static final Duration CONVERGED = Duration.ofSeconds(60);

    private final Map<String, Long> acknowledged = new ConcurrentHashMap<>();
    private final Set<Integer> failures = ConcurrentHashMap.newKeySet();
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicBoolean stopped = new AtomicBoolean();

    @TempDir
    Path folder;

    private EmbeddedPostgres postgres;

    @BeforeEach
    void startPostgres() throws IOException {
        postgres = EmbeddedPostgres.builder()
                .setDataDirectory(folder.resolve("postgres"))
                // Processes are killed here, not the machine: what has been written stays, synced or not. But it must
                // have been
                // written when a commit is confirmed, which this builder switches off.
                .setServerConfig("fsync", "off")
                .setServerConfig("synchronous_commit", "on")
                .start();
    }

    @AfterEach
    void stopPostgres() throws IOException {
        postgres.close();
    }

    @Test
    void killingTheServiceLosesNothing() throws Exception {
        PackagedService service = start();
        createCollections(service);
        for (int kill = 1; kill <= KILLS; kill++) {
            int enough = acknowledged.size() + BETWEEN_KILLS;
            PackagedService victim = service;
            List<Thread> writers = startWriters(victim);
            await().atMost(CONVERGED).until(() -> acknowledged.size() >= enough);
            victim.kill();
            stopped.set(true);
            for (Thread writer : writers) {
                writer.join();
            }
            boolean last = kill == KILLS;
            if (last) {
                IOUtils.rm(folder.resolve("index"));
            }
            service = start();
            assertNothingIsLost(service);
        }
        assertThat(failures).as("while it lived, it answered well").isEmpty();
        assertThat(service.log()).doesNotContain("ERROR");
        service.close();
    }

    @Test
    void killingPostgresIsSurvivedWithoutARestart() throws Exception {
        try (PackagedService service = start()) {
            createCollections(service);
            List<Thread> writers = startWriters(service);
            for (int kill = 1; kill <= KILLS; kill++) {
                int enough = acknowledged.size() + BETWEEN_KILLS;
                await().atMost(CONVERGED).until(() -> acknowledged.size() >= enough);
                killBackends();
            }
            int enough = acknowledged.size() + BETWEEN_KILLS;
            await().atMost(CONVERGED).until(() -> acknowledged.size() >= enough);
            stopped.set(true);
            for (Thread writer : writers) {
                writer.join();
            }
            assertThat(failures).as("answers besides 2xx").isSubsetOf(503);
            assertThat(failures)
                    .as("nobody noticed anything: nothing was tested")
                    .contains(503);
            assertNothingIsLost(service);
            assertThat(service.log()).doesNotContain("Incident");
        }
    }

    /** Killed after the commit and before the answer: the one moment in which neither side knows what the other knows. */
    @Test
    void whoGotNoAnswerIsAnsweredByTheNextProcess() throws Exception {
        PackagedService victim = start();
        createCollections(victim);
        CompletableFuture<HttpResponse<String>> unanswered;
        // As long as an older transaction is open, no index goes beyond it, so whoever waits to be found waits.
        try (Connection older = postgres.getPostgresDatabase().getConnection()) {
            older.setAutoCommit(false);
            older.createStatement().execute("select pg_current_xact_id()");
            unanswered = CompletableFuture.supplyAsync(() -> sendOnce(victim, "Prefer", "wait=60"));
            await().atMost(CONVERGED).until(() -> rows(victim, "own").size() == 1 || unanswered.isDone());
            victim.kill();
        }
        assertThat(unanswered).as("killed too late").failsWithin(CONVERGED);
        try (PackagedService next = start()) {
            HttpResponse<String> answer = sendOnce(next);
            assertThat(answer.statusCode()).isEqualTo(201);
            assertThat(answer.headers().firstValue("Idempotent-Replayed")).contains("true");
            Map<String, JsonObject> rows = rows(next, "own");
            assertThat(rows).hasSize(1);
            assertThat(rows.values()).containsExactly(new JsonObject(answer.body()));
            assertThat(answer.headers().firstValue("Location"))
                    .contains("/v1/collections/" + rows.keySet().iterator().next());
            assertThat(answer.headers().firstValue("ETag")).contains("\"1\"");
            assertThat(answer.headers().firstValue("Tandem-Sequence")).isPresent();
            assertThat(sendOnce(next).body()).isEqualTo(answer.body());
        }
    }

    /** The same request each time; it has no key of its own, so each time it is done makes one document more. */
    private static HttpResponse<String> sendOnce(PackagedService service, String... headers) {
        try {
            return service.send(
                    "POST",
                    "/v1/collections/own/documents",
                    "{\"title\":\"once\",\"vector\":[1,2]}",
                    Stream.concat(Stream.of("Idempotency-Key", "once"), Stream.of(headers))
                            .toArray(String[]::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * The postmaster's children: it takes the death of one by SIGKILL for a crash, ends all others, recovers from the log and accepts
     * connections again, as a restarted server does.
     */
    private void killBackends() throws IOException {
        long postmaster = Long.parseLong(Files.readAllLines(folder.resolve("postgres/postmaster.pid"))
                .getFirst()
                .strip());
        List<ProcessHandle> children =
                ProcessHandle.of(postmaster).orElseThrow().children().toList();
        assertThat(children).isNotEmpty();
        children.forEach(ProcessHandle::destroyForcibly);
    }

    private PackagedService start() throws Exception {
        stopped.set(false);
        return PackagedService.start(
                folder,
                "quarkus.datasource.reactive.url=postgresql://localhost:" + postgres.getPort() + "/postgres",
                "quarkus.datasource.username=postgres",
                "quarkus.datasource.password=postgres",
                "tandem.index.directory=" + folder.resolve("index"),
                "tandem.index.commit-interval=500ms",
                "tandem.sync.embedding-lease=3s");
    }

    private static void createCollections(PackagedService service) throws Exception {
        assertThat(service.send(
                                "POST",
                                "/v1/collections",
                                "{\"name\":\"own\",\"embedding\":{\"model\":\"none\",\"dimensions\":2}}")
                        .statusCode())
                .isEqualTo(201);
        assertThat(service.send("POST", "/v1/collections", "{\"name\":\"model\"}")
                        .statusCode())
                .isEqualTo(201);
    }

    private List<Thread> startWriters(PackagedService service) {
        List<Thread> writers = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            writers.add(Thread.ofVirtual().start(() -> write(service)));
        }
        return writers;
    }

    /** Each writer has its own keys, so it knows what it wrote last. Every fourth write is one more version of the key before. */
    private void write(PackagedService service) {
        while (!stopped.get()) {
            int number = next.incrementAndGet();
            String path = number % EMBEDDED_SHARE == 0 ? "model/documents/k" + number : "own/documents/k" + number;
            int versions = number % 4 == 0 ? 2 : 1;
            for (int version = 1; version <= versions; version++) {
                put(service, path, number, version);
            }
        }
    }

    private void put(PackagedService service, String path, int number, int version) {
        JsonObject document = new JsonObject().put("content", "everywhere " + word(number, version));
        if (path.startsWith("own")) {
            document.put("vector", new JsonArray().add(1).add(number));
        }
        try {
            HttpResponse<String> answer = service.send("PUT", "/v1/collections/" + path, document.encode());
            if (answer.statusCode() / 100 == 2) {
                acknowledged.put(path, new JsonObject(answer.body()).getLong("version"));
            } else {
                failures.add(answer.statusCode());
            }
        } catch (IOException e) {
            // Not acknowledged: it may be there or not.
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void assertNothingIsLost(PackagedService service) throws Exception {
        Map<String, JsonObject> rows = new TreeMap<>();
        for (String collection : List.of("own", "model")) {
            rows.putAll(rows(service, collection));
        }
        Set<String> lost = new TreeSet<>(acknowledged.keySet());
        lost.removeAll(rows.keySet());
        assertThat(lost).as("acknowledged and not there").isEmpty();
        acknowledged.forEach((path, version) ->
                assertThat(rows.get(path).getLong("version")).as(path).isGreaterThanOrEqualTo(version));

        for (String collection : List.of("own", "model")) {
            Set<String> expected = new TreeSet<>(rows.keySet().stream()
                    .filter(path -> path.startsWith(collection))
                    .toList());
            await().atMost(CONVERGED).untilAsserted(() -> {
                JsonObject stats = new JsonObject(service.send("GET", "/v1/collections/" + collection + "/stats", null)
                        .body());
                assertThat(stats.getJsonObject("embedding"))
                        .isEqualTo(new JsonObject().put("pending", 0).put("parked", 0));
                assertThat(stats.getJsonObject("index").getLong("lag")).isZero();
                assertThat(stats.getLong("documents")).isEqualTo(expected.size());
                assertThat(stats.getLong("chunks")).isEqualTo(expected.size());
            });
        }
        List<String> sample = rows.keySet().stream()
                .sorted(Comparator.comparing(String::hashCode))
                .limit(150)
                .toList();
        for (String path : sample) {
            String content = rows.get(path).getString("content");
            String word = content.substring(content.indexOf(' ') + 1);
            assertThat(search(service, path.substring(0, path.indexOf('/')), word))
                    .as("search for '%s'", word)
                    .containsExactly(rows.get(path).getString("key"));
        }
    }

    private static Map<String, JsonObject> rows(PackagedService service, String collection) throws Exception {
        Map<String, JsonObject> rows = new TreeMap<>();
        String cursor = "";
        do {
            JsonObject page = new JsonObject(
                    service.send("GET", "/v1/collections/" + collection + "/documents?limit=1000" + cursor, null)
                            .body());
            Stream<JsonObject> items = page.getJsonArray("items").stream().map(JsonObject.class::cast);
            items.forEach(row -> rows.put(collection + "/documents/" + row.getString("key"), row));
            cursor = page.getString("nextCursor") == null ? "" : "&cursor=" + page.getString("nextCursor");
        } while (!cursor.isEmpty());
        return rows;
    }

    private static List<String> search(PackagedService service, String collection, String word) throws Exception {
        JsonObject question = new JsonObject().put("query", word).put("mode", "keyword");
        JsonObject answer =
                new JsonObject(service.send("POST", "/v1/collections/" + collection + "/search", question.encode())
                        .body());
        return answer.getJsonArray("items").stream()
                .map(hit -> ((JsonObject) hit).getString("key"))
                .toList();
    }

    private static String word(int number, int version) {
        return "w" + number + "v" + version;
    }
}
