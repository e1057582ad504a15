package dev.tandem.api;

import static dev.tandem.api.Api.documents;
import static dev.tandem.api.Api.json;
import static dev.tandem.api.Api.problem;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import dev.tandem.testing.Database;
import dev.tandem.testing.FakeEmbedder;
import dev.tandem.testing.Waiting;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Writes that are answered when vector searches show them, and searches that wait for earlier writes. */
@QuarkusTest
class VectorVisibilityApiTest {

    @Inject
    FakeEmbedder embedder;

    private String collection = "";

    @BeforeEach
    void addCollection() {
        embedder.reset();
        collection = Api.collection("\"embedding\": {\"model\": \"fake\"}");
    }

    @AfterEach
    void removeCollection() {
        embedder.reset();
        given().delete("/v1/collections/" + collection);
    }

    /** What the README shows, pasted in one go. Only the time is longer, for slow machines that load the model for the first time. */
    @Test
    void theReadmesWalkFindsWhatItShows() {
        String kitchen = Api.collection("\"description\": null");
        json("""
                {"title": "Green tea", "content": "Pour water of 80 degrees over the leaves and wait for two minutes.",
                 "metadata": {"kind": "drink", "minutes": 3, "tags": ["hot", "green"]}}""").put(documents(kitchen) + "/tea");
        json("""
                {"title": "Rye bread", "content": "Knead flour, water, salt and sourdough, let the dough rise overnight and bake it for an hour.",
                 "metadata": {"kind": "food", "minutes": 900, "tags": ["baked"]}}""").put(documents(kitchen) + "/bread");
        json("""
                {"title": "Tomato soup", "content": "Fry onions and garlic, add tomatoes and broth, simmer and blend.",
                 "metadata": {"kind": "food", "minutes": 35, "tags": ["hot", "vegan"]}}""")
                .header("Prefer", "wait=50")
                .put(documents(kitchen) + "/soup")
                .then()
                .statusCode(201)
                .header("Preference-Applied", "wait=50");
        search(
                        kitchen,
                        "{\"query\": \"a warm beverage\", \"mode\": \"vector\", \"limit\": 1, \"include\": [\"chunk\"]}")
                .body("items.key", contains("tea"))
                .body("items[0].chunk.text", startsWith("Pour water"))
                .body("warnings", empty());
        search(kitchen, """
                {"query": "something quick to eat", "filter": {"kind": "food", "minutes": {"$lte": 60}}, "limit": 1}""").body("items.key", contains("soup")).body("items[0].vectorRank", equalTo(1));
        search(kitchen, "{\"query\": \"soup\", \"mode\": \"vector\"}")
                .body("items.key", containsInAnyOrder("tea", "bread", "soup"));
        given().delete("/v1/collections/" + kitchen);
    }

    @Test
    void aWriteWaitsForTheVectorsOfEverythingBeforeIt() {
        put("first", "apple").then().statusCode(201);
        put("second", "pear").then().statusCode(201);
        waiting("third", "plum", "wait=20").then().statusCode(201).header("Preference-Applied", "wait=20");
        search(collection, "{\"query\": \"apple pear plum\", \"mode\": \"vector\"}")
                .body("items.key", containsInAnyOrder("first", "second", "third"));
    }

    @Test
    void aWriteIsAcceptedWhenItsVectorsTakeLonger() {
        embedder.hold();
        waiting("key", "apple", "wait=1").then().statusCode(202).header("Preference-Applied", nullValue());
        search(collection, "{\"query\": \"apple\", \"mode\": \"keyword\"}").body("items.key", contains("key"));
    }

    @Test
    void whoNeedsWordsOnlyWaitsForThese() {
        embedder.hold();
        waiting("key", "apple", "wait=20; for=words")
                .then()
                .statusCode(201)
                .header("Preference-Applied", "wait=20; for=words");
        search(collection, "{\"query\": \"apple\", \"mode\": \"keyword\"}").body("items.key", contains("key"));
    }

    @Test
    void aSearchWaitsForTheVectorsOfItsSequence() {
        embedder.hold();
        String sequence = put("key", "apple").header("Tandem-Sequence");
        json("{\"query\": \"apple\", \"mode\": \"keyword\"}")
                .header("Tandem-Sequence", sequence)
                .post("/v1/collections/" + collection + "/search")
                .then()
                .statusCode(200)
                .body("items.key", contains("key"));
        problem(byVector(sequence), 503, "embedding.behind");
        embedder.release();
        firstAnswer(sequence).then().statusCode(200).body("items.key", contains("key"));
    }

    @Test
    void theSequenceOfAnImportCoversItsVectors() {
        String lines = IntStream.range(0, 100)
                .mapToObj(i -> "{\"key\": \"k%d\", \"content\": \"apple %d\"}".formatted(i, i))
                .collect(Collectors.joining("\n"));
        String summary = given().urlEncodingEnabled(false)
                .contentType("application/x-ndjson")
                .body(lines.getBytes(StandardCharsets.UTF_8))
                .post(documents(collection) + ":import")
                .then()
                .statusCode(200)
                .extract()
                .asString();
        String sequence = summary.replaceAll("(?s).*\"sequence\":(\\d+).*", "$1");
        firstAnswer(sequence).then().statusCode(200).body("items.size()", equalTo(100));
    }

    @Test
    void parkedDocumentsAreNotWaitedFor() {
        waiting("bad", FakeEmbedder.POISON, "wait=20").then().statusCode(201).header("Tandem-Embedding", "pending");
        waiting("good", "apple", "wait=20").then().statusCode(201).header("Tandem-Embedding", "current");
        search(collection, "{\"query\": \"apple\", \"mode\": \"vector\"}").body("items.key", contains("good"));
    }

    /** Simulates another replica that has embedded the document: no event tells this one. */
    @Test
    void whatOthersEmbedIsNoticed() {
        embedder.hold();
        var answer = CompletableFuture.supplyAsync(() -> waiting("key", "apple", "wait=20"));
        await().atMost(Waiting.PATIENCE)
                .until(() -> Database.execute(
                                "delete from embedding_task using collection where collection.id = collection_id"
                                        + " and name = ? and attempts = 1",
                                collection)
                        == 1);
        assertThat(answer)
                .succeedsWithin(Waiting.PATIENCE)
                .satisfies(response -> response.then().statusCode(201).header("Preference-Applied", "wait=20"));
    }

    private Response put(String key, String content) {
        return json("{\"content\": \"%s\"}".formatted(content)).put(documents(collection) + "/" + key);
    }

    private Response waiting(String key, String content, String preference) {
        return json("{\"content\": \"%s\"}".formatted(content))
                .header("Prefer", preference)
                .put(documents(collection) + "/" + key);
    }

    private Response byVector(String sequence) {
        return json("{\"query\": \"apple\", \"mode\": \"vector\", \"limit\": 1000}")
                .header("Tandem-Sequence", sequence)
                .post("/v1/collections/" + collection + "/search");
    }

    /** A slow machine may answer a few times that the index is behind. An answer with hits must be complete. */
    private Response firstAnswer(String sequence) {
        return await().atMost(Waiting.PATIENCE).until(() -> byVector(sequence), answer -> answer.statusCode() != 503);
    }

    private static ValidatableResponse search(String collection, String body) {
        return json(body)
                .post("/v1/collections/" + collection + "/search")
                .then()
                .statusCode(200);
    }
}
