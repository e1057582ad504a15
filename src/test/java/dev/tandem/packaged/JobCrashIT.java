package dev.tandem.packaged;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import dev.tandem.testing.PackagedService;
import dev.tandem.testing.Thorough;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;

/**
 * Jobs whose process is killed continue where they stopped, and their counts are exact. One process executes jobs of all kinds at once, so one kill
 * meets all of them.
 */
@Thorough
@Execution(CONCURRENT) // most of its time is waiting for processes to start
class JobCrashIT {

    /** {@code -Djob.kills} sets another number. */
    private static final int KILLS = Integer.getInteger("job.kills", 1);

    /** What a job may do from one kill to the next: for an import that is a step. */
    private static final int BETWEEN_KILLS = 500;

    /** What each has done at least when it is killed. */
    private static final int ENOUGH = 100;

    /** Of each collection, and lines of each import. */
    private static final int DOCUMENTS = (KILLS + 1) * BETWEEN_KILLS;

    /** Of a collection whose copy is read at once, and follows when the process is killed. */
    private static final int FEW = 100;

    /** The jobs that are under way at each kill. */
    private static final List<String> JOBS = List.of(
            "update", "delete", "lines", "patches", "rows", "copy of all", "copy that follows", "declared index");

    private static final String DECLARED = "declared index";
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Random random = new Random(20_261_128);
    private final Map<String, String> jobs = new LinkedHashMap<>();

    @TempDir
    Path folder;

    private EmbeddedPostgres postgres;
    private PackagedService service;
    private Brake brake;

    @BeforeEach
    void start() throws Exception {
        postgres = EmbeddedPostgres.builder()
                .setDataDirectory(folder.resolve("postgres"))
                // Processes are killed, not the machine.
                .setServerConfig("fsync", "off")
                .setServerConfig("synchronous_commit", "on")
                .start();
        service = started();
        brake = new Brake(postgres.getPostgresDatabase().getConnection());
    }

    @AfterEach
    void stop() throws IOException, InterruptedException, SQLException {
        service.close();
        brake.close();
        postgres.close();
    }

    @Test
    void killedJobsGoOnWhereTheyWere() throws Exception {
        brake.hold(BETWEEN_KILLS);
        for (String name : List.of("updated", "deleted", "imported", "merged", "csv", "source", "few")) {
            send(201, "POST", "/v1/collections", collection(name).encode());
        }
        for (String name : List.of("updated", "deleted", "merged", "source")) {
            addDocuments(name, DOCUMENTS);
        }
        addDocuments("few", FEW);
        beginAll();
        for (int kill = 1; kill <= KILLS; kill++) {
            awaitTheMiddle(kill);
            service.kill();
            assertThat(brake.number("select count(*) from job where ended_at is null"))
                    .as("killed in the middle of all")
                    .isEqualTo(JOBS.size());
            brake.release();
            if (kill < KILLS) {
                brake.hold((kill + 1L) * BETWEEN_KILLS);
            }
            // As if their time were over: nobody renews them any more.
            brake.run("update job set lease_until = now() where ended_at is null");
            service = started();
        }
        awaitTheCopies();
        checkUpdate();
        checkDeletion();
        checkLines();
        checkPatches();
        checkRows();
        checkDeclaredIndex();
        checkCopies();
        assertThat(brake.number("select count(*) from import_page")).isZero();
        assertThat(service.log()).doesNotContain("ERROR");
    }

    private void beginAll() throws Exception {
        begin("update", "updated/documents:update", "{\"filter\":{},\"patch\":{\"metadata\":{\"m\":1}}}");
        begin("delete", "deleted/documents:delete", "{\"filter\":{\"n\":{\"$gte\":10}}}");
        begin("lines", "imported/documents:import", lines(JobCrashIT::line));
        begin("patches", "merged/documents:import?mode=merge", lines(JobCrashIT::patch));
        HttpResponse<String> rows = send(
                202,
                "POST",
                "/v1/collections/csv/documents:import",
                "title,content,n:number\n" + lines(JobCrashIT::row),
                "Content-Type",
                "text/csv",
                "Prefer",
                "respond-async");
        jobs.put("rows", location(rows));
        begin("copy of all", "source:copy", "{\"name\":\"successor\"}");
        begin("copy that follows", "few:copy", "{\"name\":\"few-more\"}");
        send(200, "PATCH", "/v1/collections/source", "{\"indexes\":[\"n\"]}");
        String declared = new JsonObject(
                        send(200, "GET", "/v1/jobs?collection=source", null).body())
                .getJsonArray("items").stream()
                        .map(JsonObject.class::cast)
                        .filter(job -> job.getString("kind").equals("index_metadata"))
                        .map(job -> job.getString("id"))
                        .findFirst()
                        .orElseThrow();
        jobs.put(DECLARED, "/v1/jobs/" + declared);
        assertThat(jobs).containsOnlyKeys(JOBS);
    }

    /** A line without a key: if it were written twice, there would be two documents. */
    private static String line(int n) {
        return n % 100 == 0 ? "rubbish" : "{\"vector\":[1,%d]}".formatted(n);
    }

    /** Two for each document, so a repetition of both would be two more versions. */
    private static String patch(int n) {
        return n % 100 == 0 ? "rubbish" : "{\"key\":\"k%d\",\"metadata\":{\"m\":%d,\"n\":null}}".formatted(n / 2, n);
    }

    /** A row without a key too. */
    private static String row(int n) {
        return n % 100 == 0 ? "a,b,no number" : "\"Row %d, \"\"quoted\"\"\",\"line\none\",%d".formatted(n, n);
    }

    private static String lines(IntFunction<String> line) {
        return IntStream.range(0, DOCUMENTS).mapToObj(line).collect(joining("\n", "", "\n"));
    }

    /** Each job has gone on since the last kill, and none has ended; clients write into what is copied. */
    private void awaitTheMiddle(int kill) {
        long enough = (kill - 1L) * BETWEEN_KILLS + ENOUGH;
        awaiting().untilAsserted(() -> {
            write(true);
            assertThat(jobsThatAreNot("done + failed >= " + enough + " or cursor like 'follow%'"))
                    .isEmpty();
        });
    }

    /** Both follow, and all others have ended; then aliases are pointed to the successors. */
    private void awaitTheCopies() throws Exception {
        awaiting().untilAsserted(() -> {
            write(false);
            assertThat(jobsThatAreNot("ended_at is not null or cursor like 'follow%'"))
                    .isEmpty();
        });
        send(201, "PUT", "/v1/aliases/all", "{\"collection\":\"successor\"}");
        send(201, "PUT", "/v1/aliases/some", "{\"collection\":\"few-more\"}");
        awaiting().untilAsserted(() -> assertThat(jobsThatAreNot("ended_at is not null"))
                .isEmpty());
    }

    private String jobsThatAreNot(String condition) throws SQLException {
        return brake.text("""
                select coalesce(string_agg(concat_ws(' ', kind, state, done, failed, cursor, due_at, lease_until), ', '), '')
                from job where (%s) is not true
                """.formatted(condition));
    }

    private static ConditionFactory awaiting() {
        return await().atMost(PATIENCE).pollInterval(Duration.ofMillis(20));
    }

    /**
     * A document is written or deleted in each of the collections that are copied.
     *
     * @param isBraked whether a step that waits at the brake may have locked documents that were there before the jobs
     */
    private void write(boolean isBraked) throws Exception {
        for (String name : List.of("source", "few")) {
            int before = name.equals("few") ? FEW : DOCUMENTS;
            int n = isBraked ? before + random.nextInt(before) : random.nextInt(2 * before);
            String path = "/v1/collections/" + name + "/documents/k" + n;
            int status = random.nextInt(4) == 0
                    ? service.send("DELETE", path, null).statusCode()
                    : service.send(
                                    "PUT",
                                    path,
                                    document(n, random.nextInt(DOCUMENTS)).encode())
                            .statusCode();
            assertThat(status).isIn(200, 201, 204, 404);
        }
    }

    private static JsonObject document(int key, int n) {
        return new JsonObject()
                .put("title", "Written " + key)
                .put("content", "everywhere w" + n)
                .put("vector", new JsonArray().add(1).add(n))
                .put("metadata", new JsonObject().put("n", n));
    }

    private void checkUpdate() throws Exception {
        assertThat(ended("update").getJsonObject("progress")).isEqualTo(progress(DOCUMENTS, DOCUMENTS, 0));
        assertThat(documents("updated", "version = 2 and metadata @@ '$.m == 1'"))
                .as("each once")
                .isEqualTo(DOCUMENTS);
        assertThat(changes("updated", "SAVED")).isEqualTo(2L * DOCUMENTS);
    }

    private void checkDeletion() throws Exception {
        JsonObject deleted = ended("delete");
        assertThat(deleted.getJsonObject("progress").getInteger("done")).isEqualTo(DOCUMENTS - 10);
        assertThat(documents("deleted", "true")).isEqualTo(10);
        assertThat(changes("deleted", "DELETED")).isEqualTo(DOCUMENTS - 10L);
        JsonObject found = new JsonObject(send(
                        200,
                        "POST",
                        "/v1/collections/deleted/search",
                        "{\"query\":\"everywhere\",\"limit\":1000}",
                        "Tandem-Sequence",
                        deleted.getLong("sequence").toString())
                .body());
        assertThat(found.getJsonArray("items")).hasSize(10);
    }

    private void checkLines() throws Exception {
        JsonObject imported = ended("lines");
        assertThat(imported.getJsonObject("progress"))
                .isEqualTo(progress(DOCUMENTS - DOCUMENTS / 100, DOCUMENTS, DOCUMENTS / 100));
        assertThat(imported.getJsonObject("counts"))
                .isEqualTo(new JsonObject().put("created", DOCUMENTS - DOCUMENTS / 100));
        assertThat(documents("imported", "true")).as("each once").isEqualTo(DOCUMENTS - DOCUMENTS / 100);
    }

    private void checkPatches() throws Exception {
        JsonObject merged = ended("patches");
        assertThat(merged.getJsonObject("progress"))
                .isEqualTo(progress(DOCUMENTS - DOCUMENTS / 100, DOCUMENTS, DOCUMENTS / 100));
        assertThat(merged.getJsonObject("counts"))
                .isEqualTo(new JsonObject().put("updated", DOCUMENTS - DOCUMENTS / 100));
        assertThat(documents("merged", """
                        substr(key, 2)::int < %d
                        and metadata = jsonb_build_object('m', substr(key, 2)::int * 2 + 1)
                        and version = case when substr(key, 2)::int %% 50 = 0 then 2 else 3 end
                        """.formatted(DOCUMENTS / 2)))
                .as("each once")
                .isEqualTo(DOCUMENTS / 2);
        assertThat(documents("merged", "version = 1 and metadata = jsonb_build_object('n', substr(key, 2)::int)"))
                .isEqualTo(DOCUMENTS - DOCUMENTS / 2);
    }

    private void checkRows() throws Exception {
        assertThat(ended("rows").getJsonObject("progress"))
                .isEqualTo(progress(DOCUMENTS - DOCUMENTS / 100, DOCUMENTS, DOCUMENTS / 100));
        assertThat(documents("csv", "true")).as("each once").isEqualTo(DOCUMENTS - DOCUMENTS / 100);
        assertThat(brake.number("""
                        select count(distinct (metadata ->> 'n')::int) from document
                        join collection on collection.id = collection_id
                        where collection.name = 'csv' and title = 'Row ' || (metadata ->> 'n') || ', "quoted"'
                        and content = E'line\\none' and (metadata ->> 'n')::int % 100 <> 0
                        """)).isEqualTo(DOCUMENTS - DOCUMENTS / 100);
    }

    /** A list with a condition that is not one of being equal is sorted, and reads nothing from the index. */
    private void checkDeclaredIndex() throws Exception {
        ended(DECLARED);
        assertThat(send(200, "GET", "/v1/collections/source/stats", null).body())
                .contains("\"ready\"")
                .doesNotContain("\"building\"");
        List<String> sorted = keys("source", "{\"sort\":\"metadata.n\",\"filter\":{\"n\":{\"$gte\":-1}}");
        assertThat(sorted).hasSize((int) documents("source", "true"));
        assertThat(keys("source", "{\"sort\":\"metadata.n\"")).isEqualTo(sorted);
    }

    private void checkCopies() throws Exception {
        for (Map.Entry<String, List<String>> copy : Map.of(
                        "copy of all", List.of("source", "successor"), "copy that follows", List.of("few", "few-more"))
                .entrySet()) {
            JsonObject job = ended(copy.getKey());
            assertThat(job.getJsonObject("progress").getInteger("failed")).isZero();
            assertThat(job.getJsonObject("counts").getInteger("kept", 0)).isZero();
            Map<String, JsonObject> original = exported(copy.getValue().getFirst());
            assertThat(original).hasSizeGreaterThan(FEW / 2);
            assertThat(exported(copy.getValue().getLast())).isEqualTo(original);
        }
    }

    /** All documents with their vectors, by key, without what is new in a copy. */
    private Map<String, JsonObject> exported(String name) throws Exception {
        Map<String, JsonObject> all = new TreeMap<>();
        send(200, "GET", "/v1/collections/" + name + "/documents:export?include=vectors", null)
                .body()
                .lines()
                .map(JsonObject::new)
                .forEach(document -> {
                    List.of("id", "version", "createdAt", "updatedAt").forEach(document::remove);
                    assertThat(all.put(document.getString("key"), document)).isNull();
                });
        return all;
    }

    private List<String> keys(String name, String query) throws Exception {
        List<String> keys = new ArrayList<>();
        String cursor = null;
        do {
            String page = query + ",\"limit\":300" + (cursor == null ? "" : ",\"cursor\":\"" + cursor + "\"") + "}";
            JsonObject answer = new JsonObject(send(200, "POST", "/v1/collections/" + name + "/documents:query", page)
                    .body());
            answer.getJsonArray("items").forEach(item -> keys.add(((JsonObject) item).getString("key")));
            cursor = answer.getString("nextCursor");
        } while (cursor != null);
        return keys;
    }

    private static JsonObject progress(int done, int total, int failed) {
        return new JsonObject().put("done", done).put("total", total).put("failed", failed);
    }

    private JsonObject ended(String name) throws Exception {
        JsonObject job = new JsonObject(send(200, "GET", jobs.get(name), null).body());
        assertThat(job.getString("state")).as("%s: %s", name, job).isEqualTo("succeeded");
        return job;
    }

    private long documents(String collection, String condition) throws SQLException {
        return brake.number("""
                select count(*) from document join collection on collection.id = collection_id
                where collection.name = '%s' and %s
                """.formatted(collection, condition.replace("version", "document.version")));
    }

    private long changes(String collection, String kind) throws SQLException {
        return brake.number("""
                select count(*) from change join collection on collection.id = collection_id
                where collection.name = '%s' and kind = '%s'
                """.formatted(collection, kind));
    }

    private void begin(String name, String path, String body) throws Exception {
        jobs.put(name, location(send(202, "POST", "/v1/collections/" + path, body, "Prefer", "respond-async")));
    }

    private static String location(HttpResponse<String> answer) {
        return answer.headers().firstValue("Location").orElseThrow();
    }

    private HttpResponse<String> send(int status, String method, String path, @Nullable String body, String... headers)
            throws Exception {
        HttpResponse<String> answer = service.send(method, path, body, headers);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return answer;
    }

    private static JsonObject collection(String name) {
        return new JsonObject()
                .put("name", name)
                .put("embedding", new JsonObject().put("model", "none").put("dimensions", 2));
    }

    private PackagedService started() throws Exception {
        return PackagedService.start(
                folder,
                "quarkus.datasource.reactive.url=postgresql://localhost:" + postgres.getPort() + "/postgres",
                "quarkus.datasource.username=postgres",
                "quarkus.datasource.password=postgres",
                "tandem.index.directory=" + folder.resolve("index"),
                "tandem.index.commit-interval=500ms",
                "tandem.search.sequence-timeout=60s",
                "tandem.jobs.concurrency=" + JOBS.size(),
                "tandem.jobs.step=50",
                "tandem.jobs.pause=100ms",
                "tandem.jobs.after-switch=500ms",
                // A job at the brake has a connection, and the renewal of its lease may wait with another one.
                "tandem.database.pool-size=32",
                "tandem.database.lock-timeout=90s",
                "tandem.database.statement-timeout=90s");
    }

    private void addDocuments(String name, int count) throws SQLException {
        brake.run("""
                with added as (
                    insert into document (id, collection_id, key, content, metadata, content_hash, version, text_version,
                                          created_at, updated_at)
                    select gen_random_uuid(), collection.id, 'k' || n, 'everywhere w' || n, jsonb_build_object('n', n), '', 1, 1, now(),
                           now()
                    from collection, generate_series(0, %d - 1) as n where collection.name = '%s' returning id, collection_id)
                insert into change (collection_id, document_id, kind) select collection_id, id, 'SAVED' from added
                """.formatted(count, name));
    }
}
