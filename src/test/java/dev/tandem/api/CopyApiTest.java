package dev.tandem.api;

import static dev.tandem.api.Api.COLLECTIONS;
import static dev.tandem.api.Api.begun;
import static dev.tandem.api.Api.collection;
import static dev.tandem.api.Api.copy;
import static dev.tandem.api.Api.documents;
import static dev.tandem.api.Api.freeName;
import static dev.tandem.api.Api.json;
import static dev.tandem.api.Api.problem;
import static dev.tandem.testing.Waiting.PATIENCE;
import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.domain.job.Job;
import dev.tandem.domain.job.JobState;
import dev.tandem.service.job.JobExecutor;
import dev.tandem.testing.Database;
import dev.tandem.testing.Jobs;
import dev.tandem.testing.Waiting;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Successors of collections: made from the rows, and kept up until an alias points to them. */
@QuarkusTest
class CopyApiTest {

    /** A step takes some milliseconds. */
    private static final Duration POLL = Duration.ofMillis(5);

    private static final ObjectMapper JSON = new ObjectMapper();
    /** More than a step has. */
    private static final int MANY = 170;

    @Inject
    Jobs jobs;

    @Inject
    JobExecutor executor;

    @Test
    void theSuccessorHasTheDocumentsAndTheSettings() {
        String source = collection("\"embedding\": {\"model\": \"none\", \"dimensions\": 3, \"metric\": \"dot\"},"
                + " \"description\": \"Drinks\", \"history\": {\"maxVersions\": 3}, \"timeToLive\": \"P30D\"");
        put(
                source,
                "tea",
                "{\"title\": \"Tea\", \"content\": \"Leaves\", \"metadata\": {\"year\": 2024, \"of\": [1, {\"a\": null}]},"
                        + " \"vector\": [1, 2, 3], \"expiresAt\": \"2999-01-01T00:00:00Z\"}");
        put(source, "bare", "{\"vector\": [0, 1, 0], \"expiresAt\": null}");
        String successor = freeName();
        Response begun = copy(source, successor, "\"follow\": false, \"language\": \"german\", \"timeToLive\": null");
        begun.then()
                .statusCode(202)
                .header("Location", equalTo("/v1/jobs/" + begun.path("id")))
                .body("kind", equalTo("copy"))
                .body("collection", equalTo(successor));
        Job job = ended(begun);
        assertThat(job.state()).isEqualTo(JobState.SUCCEEDED);
        assertThat(job.done()).isEqualTo(2);
        assertThat(job.total()).isEqualTo(2);
        assertThat(job.counts()).containsEntry("created", 2L).containsEntry("behind", 0L);
        given().get(COLLECTIONS + "/" + successor)
                .then()
                .body("language", equalTo("german"))
                .body("description", equalTo("Drinks"))
                .body("embedding.metric", equalTo("dot"))
                .body("history.maxVersions", equalTo(3))
                .body("timeToLive", equalTo(null))
                .body("version", equalTo(1));
        assertThat(contents(successor)).hasSize(2).isEqualTo(contents(source));
        given().get(documents(successor) + "/tea")
                .then()
                .body("version", equalTo(1))
                .body("expiresAt", equalTo("2999-01-01T00:00:00Z"));
    }

    @Test
    void whatTheBodyLeavesOutWithinAMemberIsAsInTheSource() {
        String source = collection("\"embedding\": {\"model\": \"none\", \"dimensions\": 3, \"metric\": \"cosine\"},"
                + " \"chunking\": {\"maxTokens\": 300, \"overlapTokens\": 50},"
                + " \"history\": {\"maxVersions\": 3, \"maxDays\": 7}");
        put(source, "tea", "{\"title\": \"Tea\", \"vector\": [1, 2, 3]}");
        String successor = freeName();
        ended(copy(
                source,
                successor,
                "\"follow\": false, \"chunking\": {\"maxTokens\": 120}, \"history\": {\"maxVersions\": 9},"
                        + " \"embedding\": {\"metric\": \"dot\"}"));
        given().get(COLLECTIONS + "/" + successor)
                .then()
                .body("chunking", equalTo(Map.of("maxTokens", 120, "overlapTokens", 50)))
                .body("history", equalTo(Map.of("maxVersions", 9, "maxDays", 7)))
                .body("embedding", equalTo(Map.of("model", "none", "dimensions", 3, "metric", "dot")));
        assertThat(contents(successor)).isEqualTo(contents(source));
        String same = freeName();
        ended(copy(source, same, "\"follow\": false, \"embedding\": {}, \"history\": {\"maxDays\": null}"));
        given().get(COLLECTIONS + "/" + same)
                .then()
                .body("embedding.metric", equalTo("cosine"))
                .body("history", equalTo(Map.of("maxVersions", 3, "maxDays", 90)));
        assertThat(contents(same)).isEqualTo(contents(source));
    }

    /** What is named decides, so that is what is pointed to. */
    @Test
    void refusesWhatDoesNotFitTheRestOfTheSource() {
        String source = collection("\"embedding\": {\"model\": \"none\", \"dimensions\": 3},"
                + " \"chunking\": {\"maxTokens\": 300, \"overlapTokens\": 50}");
        String short80 = "\"chunking\": {\"maxTokens\": 80}";
        problem(copy(source, freeName(), short80), 422, "/chunking/maxTokens", "collection.chunking.overlap_tokens");
        problem(
                json("{" + short80 + "}").patch(COLLECTIONS + "/" + source),
                422,
                "/chunking/maxTokens",
                "collection.chunking.overlap_tokens");
        problem(
                copy(source, freeName(), "\"chunking\": {\"maxTokens\": 80, \"overlapTokens\": 50}"),
                422,
                "/chunking/overlapTokens",
                "collection.chunking.overlap_tokens");
        String successor = freeName();
        begun(copy(source, successor, "\"follow\": false, \"chunking\": {\"maxTokens\": 80, \"overlapTokens\": null}"));
        given().get(COLLECTIONS + "/" + successor).then().body("chunking.overlapTokens", equalTo(20));
    }

    /** What the successor's schema forbids is an error of the job; what has expired is not there. */
    @Test
    void saysWhatTheSuccessorRefuses() throws Exception {
        String source = collection();
        put(source, "old", "{\"title\": \"Old\", \"metadata\": {\"year\": 1900}}");
        put(source, "new", "{\"title\": \"New\", \"metadata\": {\"year\": 2024}}");
        put(source, "gone", "{\"title\": \"Gone\", \"metadata\": {\"year\": 2024}}");
        Database.execute("""
                update document set expires_at = now() - interval '1 second' from collection
                where collection.id = document.collection_id and collection.name = ? and key = 'gone'
                """, source);
        String successor = freeName();
        Response begun = copy(
                source,
                successor,
                "\"follow\": false, \"metadataSchema\": {\"properties\": {\"year\": {\"minimum\": 2000}}},"
                        + " \"embedding\": {\"model\": \"none\", \"dimensions\": 2}");
        Job job = ended(begun);
        assertThat(job.state()).isEqualTo(JobState.SUCCEEDED);
        assertThat(job.done()).isEqualTo(1);
        assertThat(job.failed()).isEqualTo(1);
        assertThat(contents(successor)).containsOnlyKeys("new");
        JsonNode error =
                JSON.readTree(given().get("/v1/jobs/" + job.id() + "/errors").asString());
        assertThat(error.path("key").asText()).isEqualTo("old");
        assertThat(error.path("pointer").asText()).isEqualTo("/metadata/year");
        assertThat(error.path("code").asText()).isEqualTo("metadata.schema");
    }

    @Test
    void ownVectorsOfAnotherModelStayBehind() {
        String source = collection();
        put(source, "both", "{\"title\": \"Both\", \"vector\": [1, 0, 0]}");
        put(source, "vector", "{\"vector\": [1, 0, 0]}");
        String successor = freeName();
        Job job = ended(
                copy(source, successor, "\"follow\": false, \"embedding\": {\"model\": \"none\", \"dimensions\": 2}"));
        assertThat(job.failed()).isEqualTo(1);
        assertThat(contents(successor)).containsOnlyKeys("both");
        given().get("/v1/jobs/" + job.id() + "/errors").then().body(containsString("document.empty"));
    }

    /** Takes the job away from whoever is at one of its steps; returns whether somebody was. */
    private static boolean isStolen(UUID job) throws SQLException {
        return Database.execute("""
                        update job set holder = gen_random_uuid(), lease_until = now() - interval '1 second', attempts = 0
                        where id = ? and holder is not null and lease_until > now()
                        """, job) == 1;
    }

    /** Written, deleted and made again by several at once, while the job loses its claim again and again. */
    @Test
    void followsWhatIsWrittenMeanwhile() throws Exception {
        String source = collection();
        fill(source);
        String successor = freeName();
        UUID job = begun(copy(source, successor, "\"history\": {\"maxVersions\": 0}"));
        List<Random> randoms = List.of(new Random(1), new Random(2), new Random(3));
        whileRunning(3, worker -> write(source, randoms.get(worker)), () -> {
            for (int round = 0; round < 10; round++) {
                await().atMost(PATIENCE).pollInterval(POLL).until(() -> isStolen(job));
            }
        });
        caughtUp(job, source, successor);
        assertThat(jobs.now(job).counts()).doesNotContainKey("kept");
        assertThat(jobs.now(job).failed()).isZero();
        String alias = freeName();
        point(alias, successor);
        assertThat(jobs.ended(job).state()).isEqualTo(JobState.SUCCEEDED);
        assertThat(jobs.now(job).counts()).containsEntry("behind", 0L);
        put(source, "late", "{\"title\": \"Late\"}");
        assertThat(contents(successor)).doesNotContainKey("late");
        assertThat(Database.number("select count(*) from copied_document where job_id = ?", job))
                .isPositive();
        Waiting.get(executor.prune());
        assertThat(Database.number("select count(*) from copied_document where job_id = ?", job))
                .isZero();
    }

    /** Clients write by the alias all the time. What was acknowledged is in the successor in the end, wherever it was written first. */
    @Test
    void nothingIsLostByTheSwitch() throws Exception {
        String source = collection();
        fill(source);
        String alias = freeName();
        point(alias, source);
        String successor = freeName();
        UUID job = begun(copy(alias, successor, "\"description\": null"));
        Map<String, String> written = new ConcurrentHashMap<>();
        Queue<String> wrong = new ConcurrentLinkedQueue<>();
        whileRunning(
                3,
                worker -> {
                    String key = worker + "-" + (written.size() % 40);
                    String title = freeName();
                    Response put = json("{\"title\": \"%s\"}".formatted(title)).put(documents(alias) + "/" + key);
                    if (put.statusCode() > 201) {
                        wrong.add(put.asString());
                    }
                    written.put(key, title);
                },
                () -> {
                    await().atMost(PATIENCE).until(() -> isCaughtUp(job));
                    point(alias, successor);
                    jobs.ended(job);
                });
        assertThat(wrong).isEmpty();
        assertThat(jobs.now(job).state()).isEqualTo(JobState.SUCCEEDED);
        Map<String, JsonNode> contents = contents(successor);
        assertThat(contents).hasSize(MANY + written.size());
        written.forEach((key, title) -> assertThat(
                        requireNonNull(contents.get(key)).path("title").asText())
                .as(key)
                .isEqualTo(title));
    }

    @Test
    void whatAClientWritesIntoTheSuccessorStays() {
        String source = collection();
        for (String key : List.of("changed", "deleted", "again", "untouched")) {
            put(source, key, "{\"title\": \"Tea\"}");
        }
        String successor = freeName();
        UUID job = begun(copy(source, successor, "\"requireIfMatch\": false"));
        await().atMost(PATIENCE).until(() -> contents(successor).size() == 4);
        put(successor, "changed", "{\"title\": \"Mine\"}");
        put(successor, "own", "{\"title\": \"Mine\"}");
        given().delete(documents(successor) + "/deleted").then().statusCode(204);
        given().delete(documents(successor) + "/again").then().statusCode(204);
        put(successor, "again", "{\"title\": \"Mine\"}");
        for (String key : List.of("changed", "deleted", "again", "own")) {
            put(source, key, "{\"title\": \"Coffee\"}");
        }
        given().delete(documents(source) + "/changed").then().statusCode(204);
        put(source, "untouched", "{\"title\": \"Coffee\"}");
        await().atMost(PATIENCE)
                .until(() -> titles(successor).getOrDefault("untouched", "").equals("Coffee"));
        assertThat(titles(successor))
                .isEqualTo(Map.of("changed", "Mine", "again", "Mine", "own", "Mine", "untouched", "Coffee"));
        assertThat(jobs.now(job).counts()).containsKey("kept");
        cancel(job);
    }

    /** Also when the source does without it for a while. Nor does it count what the copy itself has deleted. */
    @Test
    void whatAClientDeletesInTheSuccessorStaysDeleted() {
        String source = collection();
        for (String key : List.of("copied", "changed", "coming")) {
            put(source, key, "{\"title\": \"Tea\"}");
        }
        String successor = freeName();
        UUID job = begun(copy(source, successor, "\"requireIfMatch\": false"));
        await().atMost(PATIENCE).until(() -> contents(successor).size() == 3);
        delete(successor, "copied");
        put(successor, "changed", "{\"title\": \"Mine\"}");
        put(successor, "own", "{\"title\": \"Mine\"}");
        delete(successor, "own");
        for (int time = 0; time < 3; time++) {
            for (String key : List.of("copied", "changed", "coming")) {
                delete(source, key);
            }
            sees(source, successor);
            assertThat(titles(successor)).doesNotContainKey("coming");
            if (time == 1) {
                delete(successor, "changed");
            }
            for (String key : List.of("copied", "changed", "coming", "own")) {
                put(source, key, "{\"title\": \"Coffee " + time + "\"}");
            }
            sees(source, successor);
            assertThat(titles(successor)).doesNotContainKeys("copied", "own").containsEntry("coming", "Coffee " + time);
            assertThat(titles(successor).get("changed")).isEqualTo(time == 0 ? "Mine" : null);
        }
        cancel(job);
    }

    /** What the copy has seen there it remembers, if the successor keeps revisions or not. */
    @Test
    void whatAClientHadInTheSuccessorWithoutHistoryStaysDeleted() {
        String source = collection();
        String successor = freeName();
        UUID job = begun(copy(source, successor, "\"history\": {\"maxVersions\": 0}"));
        sees(source, successor);
        put(successor, "own", "{\"title\": \"Mine\"}");
        put(source, "own", "{\"title\": \"Tea\"}");
        sees(source, successor);
        delete(successor, "own");
        put(source, "own", "{\"title\": \"Coffee\"}");
        sees(source, successor);
        assertThat(titles(successor)).doesNotContainKey("own");
        cancel(job);
    }

    /** Nobody has to guess which documents the successor lacks. */
    @Test
    void progressCountsDocumentsHoweverOftenTheyChange() {
        String source = collection();
        for (String key : List.of("k1", "k2", "k3")) {
            put(source, key, "{\"title\": \"Tea\", \"metadata\": {\"year\": 2001}}");
        }
        String successor = freeName();
        UUID job =
                begun(copy(source, successor, "\"metadataSchema\": {\"properties\": {\"year\": {\"minimum\": 2000}}}"));
        await().atMost(PATIENCE).until(() -> jobs.now(job).total() != null);
        sees(source, successor);
        assertThat(progress(job)).containsExactly(4L, 0L, 4L);
        for (int time = 0; time < 4; time++) {
            put(source, "k1", "{\"title\": \"" + time + "\", \"metadata\": {\"year\": " + (1900 + time) + "}}");
            sees(source, successor);
            put(source, "k2", "{\"title\": \"" + time + "\", \"metadata\": {\"year\": " + (1900 + time) + "}}");
            sees(source, successor);
        }
        assertThat(progress(job)).containsExactly(2L, 2L, 4L);
        assertThat(failedKeys(job)).containsExactly("k1", "k2");
        put(source, "k1", "{\"title\": \"Mended\"}");
        sees(source, successor);
        assertThat(progress(job)).containsExactly(3L, 1L, 4L);
        assertThat(failedKeys(job)).containsExactly("k2");
        assertThat(titles(successor)).containsEntry("k1", "Mended").containsEntry("k2", "Tea");
        put(source, "k4", "{\"title\": \"New\", \"metadata\": {\"year\": 1900}}");
        delete(source, "k2");
        sees(source, successor);
        assertThat(progress(job)).containsExactly(3L, 1L, 4L);
        assertThat(failedKeys(job)).containsExactly("k4");
        assertThat(titles(successor)).containsOnlyKeys("k1", "k3", "seen");
        delete(source, "k4");
        put(successor, "k3", "{\"title\": \"Mine\"}");
        put(source, "k3", "{\"title\": \"New\", \"metadata\": {\"year\": 1900}}");
        sees(source, successor);
        assertThat(progress(job))
                .as("what a client has in the successor is not missing")
                .containsExactly(3L, 0L, 3L);
        assertThat(failedKeys(job)).isEmpty();
        cancel(job);
    }

    @Test
    void aDocumentThatIsMendedIsCopiedThen() {
        String source = collection();
        put(source, "tea", "{\"title\": \"Tea\", \"metadata\": {\"year\": 1900}}");
        String successor = freeName();
        UUID job =
                begun(copy(source, successor, "\"metadataSchema\": {\"properties\": {\"year\": {\"minimum\": 2000}}}"));
        await().atMost(PATIENCE).until(() -> jobs.now(job).failed() == 1);
        put(source, "tea", "{\"title\": \"Tea\", \"metadata\": {\"year\": 2001}}");
        await().atMost(PATIENCE).until(() -> contents(successor).containsKey("tea"));
        given().delete(documents(source) + "/tea").then().statusCode(204);
        await().atMost(PATIENCE).until(() -> contents(successor).isEmpty());
        cancel(job);
        assertThat(jobs.ended(job).state()).isEqualTo(JobState.CANCELED);
        given().get(COLLECTIONS + "/" + successor).then().statusCode(200);
    }

    @Test
    void endsWithItsCollections() {
        for (boolean isSource : List.of(true, false)) {
            String source = collection();
            String successor = freeName();
            UUID job = begun(copy(source, successor, "\"follow\": true"));
            await().atMost(PATIENCE).until(() -> isCaughtUp(job));
            given().delete(COLLECTIONS + "/" + (isSource ? source : successor))
                    .then()
                    .statusCode(204);
            Job ended = jobs.ended(job);
            assertThat(ended.state()).isEqualTo(JobState.FAILED);
            assertThat(requireNonNull(ended.failure()).code()).isEqualTo("collection.not_found");
        }
    }

    @Test
    void failsIfTheLogDoesNotGoOn() throws Exception {
        String source = collection();
        UUID job = begun(copy(source, freeName(), "\"follow\": true"));
        await().atMost(PATIENCE).until(() -> isCaughtUp(job));
        await().atMost(PATIENCE).until(() -> Database.execute("""
                update job set cursor = cursor || 'elsewhere', lease_until = null where id = ? and holder is null
                """, job) == 1);
        Job ended = jobs.ended(job);
        assertThat(ended.state()).isEqualTo(JobState.FAILED);
        assertThat(requireNonNull(ended.failure()).code()).isEqualTo("copy.log_lost");
    }

    @Test
    void isSafeToSendAgain() {
        String source = collection();
        String successor = freeName();
        List<String> ids = new ArrayList<>();
        for (int time = 0; time < 2; time++) {
            Response begun = json("{\"name\": \"%s\", \"follow\": false}".formatted(successor))
                    .header("Idempotency-Key", successor)
                    .post(COLLECTIONS + "/" + source + ":copy");
            begun.then().statusCode(202);
            ids.add(begun.path("id"));
        }
        assertThat(ids.get(0)).isEqualTo(ids.get(1));
        ended(copy(source, freeName(), "\"follow\": false"));
    }

    @Test
    void refusesBadRequests() {
        String source = collection();
        String address = COLLECTIONS + "/" + source + ":copy";
        problem(json("{}").post(address), 422, "/name", "collection.name");
        problem(json("{\"name\": \"No Name\"}").post(address), 422, "/name", "collection.name");
        problem(copy(source, source, "\"follow\": false"), 409, "collection.name.taken");
        problem(copy(source, collection(), "\"follow\": false"), 409, "collection.name.taken");
        String alias = freeName();
        point(alias, source);
        problem(copy(source, alias, "\"follow\": false"), 409, "collection.name.taken");
        problem(copy(freeName(), freeName(), "\"follow\": false"), 404, "collection.not_found");
        problem(copy(source, freeName(), "\"follow\": 1"), 400, "json.wrong_type");
        problem(copy(source, freeName(), "\"folow\": true"), 400, "json.unknown_field");
        problem(copy(source, freeName(), "\"engine\": \"none\""), 422, "/engine", "collection.engine");
        for (String embedding : List.of("{\"dimensions\": null}", "{\"dimensions\": 0}")) {
            problem(
                    copy(source, freeName(), "\"embedding\": " + embedding),
                    422,
                    "/embedding/dimensions",
                    "collection.embedding.dimensions");
        }
        problem(copy(source, freeName(), "\"timeToLive\": \"P1Y\""), 422, "/timeToLive", "collection.time_to_live");
        for (String body : List.of("[]", "1", "\"a\"", "null")) {
            assertThat(json(body).post(address).statusCode()).as(body).isEqualTo(400);
        }
    }

    private Job ended(Response answer) {
        return jobs.ended(begun(answer));
    }

    private static void cancel(UUID job) {
        assertThat(json("").post("/v1/jobs/" + job + ":cancel").statusCode()).isIn(200, 202);
    }

    private static void point(String alias, String target) {
        assertThat(json("{\"collection\": \"%s\"}".formatted(target))
                        .put("/v1/aliases/" + alias)
                        .statusCode())
                .isIn(200, 201);
    }

    private static void put(String collection, String key, String body) {
        assertThat(json(body).put(documents(collection) + "/" + key).statusCode())
                .isIn(200, 201);
    }

    private static void delete(String collection, String key) {
        given().delete(documents(collection) + "/" + key).then().statusCode(204);
    }

    /** Waits until the copy has applied everything that was written into the source up to now. */
    private static void sees(String source, String successor) {
        String title = freeName();
        put(source, "seen", "{\"title\": \"" + title + "\"}");
        await().atMost(PATIENCE)
                .until(() -> titles(successor).getOrDefault("seen", "").equals(title));
    }

    /** What is done, what has failed, and all. */
    private List<Long> progress(UUID job) {
        Job now = jobs.now(job);
        return List.of(now.done(), now.failed(), requireNonNull(now.total()));
    }

    private static List<String> failedKeys(UUID job) {
        return given().get("/v1/jobs/" + job + "/errors")
                .asString()
                .lines()
                .map(line -> parsed(line).path("key").asText())
                .toList();
    }

    private static void fill(String collection) {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < MANY; i++) {
            lines.append("{\"key\": \"k%d\", \"title\": \"Tea\", \"vector\": [1, %d, 0]}\n".formatted(i, i));
        }
        given().urlEncodingEnabled(false)
                .contentType("application/x-ndjson")
                .body(lines.toString().getBytes(UTF_8))
                .post(documents(collection) + ":import")
                .then()
                .statusCode(200);
    }

    /** Changes something: keys that exist, keys that come and go, vectors too. */
    private static void write(String collection, Random random) {
        String address = documents(collection) + "/k" + random.nextInt(MANY + 30);
        if (random.nextInt(3) == 0) {
            given().delete(address);
        } else {
            json("{\"title\": \"%d\", \"metadata\": {\"n\": %d}, \"vector\": [%d, 1, 1]}"
                            .formatted(random.nextInt(), random.nextInt(), random.nextInt(9)))
                    .put(address);
        }
    }

    private boolean isCaughtUp(UUID job) {
        Job now = jobs.now(job);
        return now.counts().getOrDefault("behind", -1L) == 0;
    }

    private void caughtUp(UUID job, String source, String successor) {
        await().atMost(PATIENCE).until(() -> isCaughtUp(job) && contents(source).equals(contents(successor)));
    }

    private static Map<String, String> titles(String collection) {
        Map<String, String> titles = new TreeMap<>();
        contents(collection)
                .forEach((key, document) ->
                        titles.put(key, document.path("title").asText()));
        return titles;
    }

    /** What clients have written, by key. */
    private static Map<String, JsonNode> contents(String collection) {
        Map<String, JsonNode> contents = new TreeMap<>();
        Response export = given().urlEncodingEnabled(false).get(documents(collection) + ":export?include=vectors");
        assertThat(export.statusCode()).isEqualTo(200);
        export.asString().lines().forEach(line -> {
            ObjectNode document = (ObjectNode) parsed(line);
            document.remove(List.of("id", "version", "createdAt", "updatedAt", "embedding"));
            contents.put(document.path("key").asText(), document);
        });
        return contents;
    }

    private static JsonNode parsed(String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(line, e);
        }
    }

    @FunctionalInterface
    private interface Work {
        void run(int worker) throws Exception;
    }

    @FunctionalInterface
    private interface Meanwhile {
        void run() throws Exception;
    }

    private static void whileRunning(int workers, Work work, Meanwhile meanwhile) throws Exception {
        AtomicBoolean isOver = new AtomicBoolean();
        try (ExecutorService threads = Executors.newFixedThreadPool(workers)) {
            List<Future<?>> running = new ArrayList<>();
            for (int worker = 0; worker < workers; worker++) {
                int number = worker;
                running.add(threads.submit(() -> {
                    while (!isOver.get()) {
                        work.run(number);
                    }
                    return null;
                }));
            }
            try {
                meanwhile.run();
            } finally {
                isOver.set(true);
            }
            for (Future<?> one : running) {
                one.get();
            }
        }
    }
}
