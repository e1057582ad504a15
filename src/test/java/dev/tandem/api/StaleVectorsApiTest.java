package dev.tandem.api;

import static dev.tandem.api.Api.COLLECTIONS;
import static dev.tandem.api.Api.documents;
import static dev.tandem.api.Api.json;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.tandem.domain.collection.Collection;
import dev.tandem.testing.CollectionSamples;
import dev.tandem.testing.FakeEmbedder;
import dev.tandem.testing.Thorough;
import dev.tandem.testing.World;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A changed text is found by the vectors of the old one until those of the new one exist. */
@QuarkusTest
class StaleVectorsApiTest {

    private static final int DOCUMENTS = 300;

    @Inject
    World world;

    @Inject
    FakeEmbedder embedder;

    private Collection owner;
    private String search = "";

    @BeforeEach
    void addCollection() {
        owner = world.collection(CollectionSamples.fakeModel());
        search = COLLECTIONS + "/" + owner.name() + "/search";
    }

    @AfterEach
    void release() {
        embedder.reset();
    }

    @Thorough
    @Test
    void aReloadOfChangedTextsNeverBlindsASearch() {
        reload("");
        world.settle(owner);
        byVector(1000).body("items", hasSize(DOCUMENTS));
        List<Integer> hits = new ArrayList<>();
        CompletableFuture<Void> reload = CompletableFuture.runAsync(() -> reload(" two more"));
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> {
                    // This is read before the search, so the search may see documents that are embedded in between.
                    boolean isOver = reload.isDone() && world.stats(owner).pending() == 0;
                    hits.add(
                            byVector(1000).extract().jsonPath().getList("items").size());
                    return isOver;
                });
        reload.join();
        assertThat(hits).hasSizeGreaterThan(1).allMatch(count -> count == DOCUMENTS);
        assertThat(embedder.chunks().stream().filter(text -> text.contains("two more")))
                .hasSize(DOCUMENTS);
    }

    @Test
    void aSearchSaysHowManyDocumentsWait() {
        reload("");
        world.settle(owner);
        byVector(1000).body("warnings", hasItem("Only 300 of 1000 hits: no other document matches."));
        hold();
        reload(" changed");
        follow();
        byVector(1000)
                .body("items", hasSize(DOCUMENTS))
                .body(
                        "warnings",
                        hasItem("300 documents wait for their vectors; they are found only by their earlier text or by"
                                + " keyword search."))
                .body(
                        "warnings",
                        hasItem(
                                "Only 300 of 1000 hits: more may match once the waiting documents have their vectors."));
        json("{\"query\": \"number\", \"mode\": \"keyword\", \"limit\": 1}")
                .post(search)
                .then()
                .statusCode(200)
                .body("warnings", hasSize(0));
        embedder.release();
        world.settle(owner);
        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> byVector(1000)
                .body("warnings", equalTo(List.of("Only 300 of 1000 hits: no other document matches."))));
    }

    @Test
    void chunksOfAnEarlierTextAreNeitherShownNorExported() {
        put("{\"content\": \"one two three\"}", 201);
        world.settle(owner);
        chunk().body("items[0].chunk.text", equalTo("one two three"));
        assertThat(exported().getList("chunks")).hasSize(1);
        hold();
        put("{\"content\": \"1 2\"}", 200);
        follow();
        chunk().body("items", hasSize(1)).body("items[0].chunk", nullValue());
        assertThat(exported().getString("content")).isEqualTo("1 2");
        assertThat(exported().getList("chunks")).isNull();
        embedder.release();
        world.settle(owner);
        chunk().body("items[0].chunk.text", equalTo("1 2"));
    }

    @Test
    void anImportWithChunksEndsTheWaiting() {
        put("{\"content\": \"one two three\"}", 201);
        world.settle(owner);
        String before = export();
        hold();
        put("{\"content\": \"1 2\"}", 200);
        JsonPath summary = imported(before);
        assertThat(summary.getInt("summary.pending")).isZero();
        assertThat(summary.getInt("summary.updated")).isEqualTo(1);
        assertThat(exported().getList("chunks")).hasSize(1);
        assertThat(world.stats(owner).pending()).isZero();
    }

    @Test
    void aCallersVectorServesUntilTheModelsExists() {
        put("{\"content\": \"one\", \"vector\": " + vector() + "}", 201);
        world.settle(owner);
        byVector(10).body("items", hasSize(1));
        hold();
        put("{\"content\": \"one two\"}", 200);
        put("{\"content\": \"one two\", \"metadata\": {\"n\": 1}}", 200);
        follow();
        byVector(10).body("items", hasSize(1));
        // It is no longer the own vector: neither an export nor a later version treats it as one.
        assertThat(exported().getList("vector")).isNull();
        given().get(documents(owner.name()) + "/tea/revisions")
                .then()
                .body("items[0].changed", equalTo(List.of("metadata")))
                .body("items[1].changed", equalTo(List.of("content", "vector")));
        embedder.release();
        world.settle(owner);
        assertThat(exported().getList("chunks")).hasSize(1);
    }

    @Test
    void aTextThatGoesTakesItsVectorsAlong() {
        put("{\"title\": \"one\"}", 201);
        world.settle(owner);
        json("{\"title\": \" \"}")
                .patch(documents(owner.name()) + "/tea")
                .then()
                .header("Tandem-Embedding", "none");
        world.settle(owner);
        assertThat(world.stats(owner).chunks()).isZero();
        byVector(10).body("items", hasSize(0)).body("warnings", not(hasItem(notWaiting())));
    }

    /** Waits until the index shows all that is written, embedded or not. */
    private void follow() {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> given().get(COLLECTIONS + "/" + owner.name() + "/stats")
                        .then()
                        .body("index.lag", equalTo(0)));
    }

    private static String notWaiting() {
        return "1 document waits for its vectors; it is found only by its earlier text or by keyword search.";
    }

    /** From now on no document is embedded. */
    private void hold() {
        embedder.hold();
    }

    private void reload(String more) {
        String lines = IntStream.range(0, DOCUMENTS)
                .mapToObj(n -> "{\"key\": \"k" + n + "\", \"content\": \"number " + n + more + "\"}")
                .collect(Collectors.joining("\n"));
        JsonPath summary = imported(lines);
        assertThat(summary.getInt("summary.failed")).isZero();
        assertThat(summary.getInt("summary.pending")).isEqualTo(DOCUMENTS);
    }

    private JsonPath imported(String lines) {
        String answer = given().urlEncodingEnabled(false)
                .contentType("application/x-ndjson")
                .body(lines.getBytes(StandardCharsets.UTF_8))
                .post(documents(owner.name()) + ":import")
                .then()
                .statusCode(200)
                .extract()
                .asString();
        return JsonPath.from(answer.lines().toList().getLast());
    }

    private void put(String body, int status) {
        json(body)
                .put(documents(owner.name()) + "/tea")
                .then()
                .statusCode(status)
                .header("Tandem-Embedding", notNullValue());
    }

    private ValidatableResponse byVector(int limit) {
        return json("{\"vector\": " + vector() + ", \"mode\": \"vector\", \"limit\": " + limit + ", \"include\": []}")
                .post(search)
                .then()
                .statusCode(200);
    }

    private ValidatableResponse chunk() {
        return json("{\"vector\": " + vector() + ", \"mode\": \"vector\", \"limit\": 1, \"include\": [\"chunk\"]}")
                .post(search)
                .then()
                .statusCode(200);
    }

    private String export() {
        return given().urlEncodingEnabled(false)
                .get(documents(owner.name()) + ":export?include=chunks,vectors")
                .asString();
    }

    private JsonPath exported() {
        return JsonPath.from(export());
    }

    private static String vector() {
        return "[" + "1,".repeat(FakeEmbedder.DIMENSIONS - 1) + "1]";
    }
}
