package dev.tandem.api;

import static dev.tandem.api.Api.COLLECTIONS;
import static dev.tandem.api.Api.begun;
import static dev.tandem.api.Api.copy;
import static dev.tandem.api.Api.documents;
import static dev.tandem.api.Api.freeName;
import static dev.tandem.api.Api.json;
import static dev.tandem.testing.Waiting.PATIENCE;
import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.domain.embedding.Vector;
import dev.tandem.domain.job.JobState;
import dev.tandem.testing.Database;
import dev.tandem.testing.FakeEmbedder;
import dev.tandem.testing.Jobs;
import dev.tandem.testing.Thorough;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which vectors a successor takes over, and which ones its model makes. The vector of a text follows from the text, so it is known whose each one is. */
@QuarkusTest
class CopiedVectorsApiTest {

    /** A step takes some milliseconds. */
    private static final Duration POLL = Duration.ofMillis(5);

    private static final ObjectMapper JSON = new ObjectMapper();
    /** More than a step has. */
    private static final int MANY = 250;

    private static final int WRITES = 50;
    private static final int THEFTS = 6;

    @Inject
    FakeEmbedder first;

    @Inject
    @FakeEmbedder.Second
    FakeEmbedder second;

    @Inject
    Jobs jobs;

    @AfterEach
    void reset() {
        first.reset();
        second.reset();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"language\": \"german\"",
                "\"embedding\": {\"model\": \"fake\", \"metric\": \"dot\"}",
                "\"metadataSchema\": {\"type\": \"object\"}",
            })
    void theSameModelIsNotAskedAgain(String members) {
        String source = collection();
        load(source, """
                {"key": "title", "title": "words in a title"}
                {"key": "long", "title": "of length", "content": "%s"}
                {"key": "own", "content": "words with a vector of its own", "vector": %s}
                {"key": "bare", "vector": %s}
                {"key": "blank", "title": " ", "metadata": {"year": 2000}}
                """.formatted("words and ".repeat(400), own("a"), own("b")));
        settle(source);
        int asked = first.chunks().size();
        String successor = freeName();
        ended(copy(source, successor, "\"follow\": false, " + members));
        assertThat(pending(successor)).isZero();
        Map<String, JsonNode> copies = exported(successor);
        assertThat(copies.get("long").path("chunks").size()).isGreaterThan(1);
        assertThat(copies).isEqualTo(exported(source));
        settle(successor);
        assertThat(first.chunks()).hasSize(asked);
        assertThat(hits(successor, own("a"))).isEqualTo(hits(source, own("a"))).hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"embedding\": {\"model\": \"second-fake\"}",
                "\"chunking\": {\"maxTokens\": 20, \"overlapTokens\": null}"
            })
    void anotherModelAndOtherChunksAreMade(String members) {
        String source = collection();
        load(source, "{\"key\": \"a\", \"title\": \"some words\"}");
        settle(source);
        int asked = first.chunks().size() + second.chunks().size();
        String successor = freeName();
        ended(copy(source, successor, "\"follow\": false, " + members));
        settle(successor);
        assertThat(first.chunks().size() + second.chunks().size()).isEqualTo(asked + 1);
        assertBelonging(successor, 1);
    }

    /** Of a new text there is no vector yet, and those of the former one stay where they are. */
    @Test
    void whatIsPendingIsPendingThere() throws SQLException {
        String source = collection();
        load(
                source,
                "{\"key\": \"stale\", \"title\": \"former words\"}\n{\"key\": \"done\", \"title\": \"other words\"}");
        settle(source);
        first.hold();
        load(source, "{\"key\": \"stale\", \"title\": \"new words\"}\n{\"key\": \"new\", \"title\": \"more words\"}");
        String successor = freeName();
        ended(copy(source, successor, "\"follow\": false"));
        assertThat(pending(successor)).isEqualTo(2);
        assertThat(chunks(successor)).isEqualTo(1);
        first.release();
        settle(successor);
        assertBelonging(successor, 3);
    }

    /** Vectors that are being made again are not taken over: they may be of an earlier chunking. */
    @Test
    void whatTheSourceMakesAgainIsMadeThereToo() throws SQLException {
        String source = collection();
        load(source, "{\"key\": \"a\", \"content\": \"%s\"}".formatted("words and ".repeat(40)));
        settle(source);
        json("{\"chunking\": {\"maxTokens\": 20, \"overlapTokens\": 5}}")
                .patch(COLLECTIONS + "/" + source)
                .then()
                .statusCode(200);
        first.hold();
        json("").post(COLLECTIONS + "/" + source + ":reembed").then().statusCode(202);
        String successor = freeName();
        ended(copy(source, successor, "\"follow\": false"));
        assertThat(chunks(successor)).isZero();
        first.release();
        settle(successor);
        assertThat(chunks(successor)).isGreaterThan(1);
    }

    /** In the source a text gets a vector while the copy follows: the next change takes it along. */
    @Test
    void aLaterChangeTakesVectorsAlong() throws SQLException {
        String source = collection();
        load(source, "{\"key\": \"a\", \"title\": \"words\"}");
        settle(source);
        String successor = freeName();
        UUID job = begun(copy(source, successor, "\"follow\": true"));
        await().atMost(PATIENCE).until(() -> chunks(successor) == 1);
        int asked = first.chunks().size();
        json("{\"metadata\": {\"year\": 2000}}")
                .patch(documents(source) + "/a")
                .then()
                .statusCode(200);
        await().atMost(PATIENCE).until(() -> exported(successor).equals(exported(source)) && pending(successor) == 0);
        assertThat(first.chunks()).hasSize(asked);
        json("").post("/v1/jobs/" + job + ":cancel");
    }

    /**
     * Clients write into both collections while the copy reads and follows, and it loses its claim again and again. In the end each text has its own
     * vector, and so it was at each moment at which it had one.
     */
    @Test
    @Thorough
    void eachTextHasItsVectorWhoeverWrites() throws Exception {
        String source = collection();
        load(
                source,
                IntStream.range(0, MANY)
                        .mapToObj(number -> "{\"key\": \"k%d\", \"title\": \"first %d\"}\n".formatted(number, number))
                        .collect(Collectors.joining()));
        settle(source);
        String successor = freeName();
        UUID job = begun(copy(source, successor, "\"language\": \"german\""));
        try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
            List<Future<?>> writers = new ArrayList<>();
            for (int writer = 0; writer < 3; writer++) {
                String collection = writer == 2 ? successor : source;
                Random random = new Random(writer);
                writers.add(threads.submit(() -> {
                    for (int i = 1; i <= WRITES; i++) {
                        write(collection, random);
                        if (i % 10 == 0) {
                            assertBelonging(successor, 0);
                        }
                    }
                }));
            }
            for (int theft = 0; theft < THEFTS; theft++) {
                await().atMost(PATIENCE).pollInterval(POLL).until(() -> isStolen(job));
            }
            for (Future<?> writer : writers) {
                writer.get();
            }
        }
        await().atMost(PATIENCE).until(() -> jobs.now(job).counts().getOrDefault("behind", -1L) == 0);
        settle(source);
        settle(successor);
        assertBelonging(source, MANY / 2);
        assertBelonging(successor, MANY / 2);
        json("").post("/v1/jobs/" + job + ":cancel");
        assertThat(jobs.ended(job).state()).isEqualTo(JobState.CANCELED);
    }

    private static void write(String collection, Random random) {
        String address = documents(collection) + "/k" + random.nextInt(MANY + 20);
        String title = "word " + random.nextInt(1_000);
        switch (random.nextInt(6)) {
            case 0 -> given().delete(address);
            case 1 ->
                json("{\"title\": \"%s\", \"vector\": %s}".formatted(title, own(title)))
                        .put(address);
            case 2 ->
                json("{\"title\": \"%s\", \"vector\": null}".formatted(title)).put(address);
            case 3 ->
                json("{\"metadata\": {\"n\": %d}}".formatted(random.nextInt())).patch(address);
            default -> json("{\"title\": \"%s\"}".formatted(title)).put(address);
        }
    }

    /** Takes the job away from whoever is at one of its steps; returns whether somebody was. */
    private static boolean isStolen(UUID job) throws SQLException {
        return Database.execute("""
                        update job set holder = gen_random_uuid(), lease_until = now() - interval '1 second', attempts = 0
                        where id = ? and holder is not null and lease_until > now()
                        """, job) == 1;
    }

    /** A vector that a client brings for a title; no model makes it. */
    private static String own(String title) {
        return Arrays.toString(FakeEmbedder.vectorOf("own of " + title).toArray());
    }

    /** Every vector is that of its document's title. */
    private static void assertBelonging(String collection, int atLeast) {
        Map<String, JsonNode> documents = exported(collection);
        assertThat(documents.size()).isGreaterThanOrEqualTo(atLeast);
        documents.forEach((key, document) -> {
            String title = document.path("title").asText();
            if (document.has("vector")) {
                assertThat(vector(document))
                        .as("%s %s", key, document)
                        .isEqualTo(FakeEmbedder.vectorOf("own of " + title));
            } else if (document.has("chunks")) {
                assertThat(vector(document.path("chunks").path(0)))
                        .as("%s %s", key, document)
                        .isEqualTo(FakeEmbedder.vectorOf(title));
            } else {
                assertThat(atLeast).as("%s %s", key, document).isZero();
            }
        });
    }

    private static Vector vector(JsonNode of) {
        JsonNode numbers = of.path("vector");
        float[] components = new float[numbers.size()];
        for (int i = 0; i < components.length; i++) {
            components[i] = numbers.path(i).floatValue();
        }
        return Vector.of(components);
    }

    private static String collection() {
        return Api.collection("\"embedding\": {\"model\": \"fake\"}");
    }

    private static void load(String collection, String lines) {
        given().urlEncodingEnabled(false)
                .contentType("application/x-ndjson")
                .body(lines.getBytes(UTF_8))
                .post(documents(collection) + ":import")
                .then()
                .statusCode(200);
    }

    private void ended(Response answer) {
        assertThat(jobs.ended(begun(answer)).state()).isEqualTo(JobState.SUCCEEDED);
    }

    private static List<String> hits(String collection, String vector) {
        return json("{\"vector\": %s, \"limit\": 10}".formatted(vector))
                .post(COLLECTIONS + "/" + collection + "/search")
                .jsonPath()
                .getList("items.key");
    }

    private static JsonPath stats(String collection) {
        return given().get(COLLECTIONS + "/" + collection + "/stats").jsonPath();
    }

    private static int pending(String collection) {
        return stats(collection).getInt("embedding.pending");
    }

    /** Waits until everything is embedded, and the index shows it. */
    private static void settle(String collection) {
        await().atMost(PATIENCE).until(() -> {
            JsonPath stats = stats(collection);
            return stats.getInt("embedding.pending") == 0 && stats.getInt("index.lag") == 0;
        });
    }

    private static long chunks(String collection) throws SQLException {
        return Database.number("""
                select count(*) from chunk join document on document.id = document_id join collection on collection.id = collection_id
                where name = ?
                """, collection);
    }

    /** What clients have written, with all vectors, by key. */
    private static Map<String, JsonNode> exported(String collection) {
        Map<String, JsonNode> contents = new TreeMap<>();
        Response export = given().urlEncodingEnabled(false).get(documents(collection) + ":export?include=vectors");
        assertThat(export.statusCode()).isEqualTo(200);
        export.asString().lines().forEach(line -> {
            ObjectNode document = (ObjectNode) parsed(line);
            document.remove(List.of("id", "version", "createdAt", "updatedAt"));
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
}
