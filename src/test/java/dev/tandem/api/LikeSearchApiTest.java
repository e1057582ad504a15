package dev.tandem.api;

import static dev.tandem.api.Api.COLLECTIONS;
import static dev.tandem.api.Api.documents;
import static dev.tandem.api.Api.json;
import static dev.tandem.api.Api.problem;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.startsWith;

import dev.tandem.domain.embedding.Vector;
import dev.tandem.testing.FakeEmbedder;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Searches by examples, in a collection without a model and in one with. */
@QuarkusTest
class LikeSearchApiTest {

    @Inject
    FakeEmbedder embedder;

    private final List<String> collections = new ArrayList<>();
    private String name = "";

    @BeforeEach
    void fill() {
        embedder.reset();
        name = made(Api.collection());
        put("x", "[1, 0, 0]");
        put("xy", "[1, 0.8, 0]");
        put("y", "[0, 1, 0]");
        put("yz", "[0, 1, 0.9]");
        put("z", "[0, 0.1, 1]");
    }

    private void put(String key, String vector) {
        Api.put(name, key, "{\"title\": \"Tea\", \"content\": \"%s\", \"vector\": %s}".formatted(key, vector));
    }

    @AfterEach
    void delete() {
        embedder.reset();
        collections.forEach(collection -> given().delete(COLLECTIONS + "/" + collection));
    }

    @Test
    void aDocumentFindsOthersThatAreLikeIt() {
        JsonPath hits = search("\"like\": [{\"key\": \"x\"}]").jsonPath();
        assertThat(keys(hits).getFirst()).isEqualTo("xy");
        assertThat(keys(hits)).doesNotContain("x").hasSize(4);
        assertThat(hits.getDouble("items[0].vectorSimilarity")).isBetween(0.78, 0.79);
        assertThat(hits.getInt("items[0].vectorRank")).isEqualTo(1);
        assertThat(hits.getList("warnings")).isEqualTo(List.of("Only 4 of 10 hits: no other document matches."));
    }

    /** As many documents are hidden as a short page would lack. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aPageIsAsLongAsItMayBe(int limit) {
        JsonPath hits = search("\"limit\": " + limit
                        + ", \"like\": [{\"key\": \"x\"}, {\"key\": \"xy\"}], \"unlike\": [{\"key\": \"z\"}]")
                .jsonPath();
        assertThat(keys(hits)).isEqualTo(List.of("y", "yz").subList(0, limit));
        assertThat(hits.getList("warnings")).isEmpty();
    }

    @Test
    void examplesOfAllKindsAreOneVector() {
        String vector = "{\"vector\": [%s]%s}";
        assertThat(keys(search("\"like\": [{\"vector\": [2, 0, 0]}, {\"vector\": [0, 5, 0]}]")
                        .jsonPath()))
                .isEqualTo(keys(searched(vector.formatted("1, 1, 0", "")).jsonPath()));
        assertThat(keys(search("\"like\": [{\"vector\": [0, 1, 0]}], \"unlike\": [{\"vector\": [1, 0, 0]}]")
                        .jsonPath()))
                .isEqualTo(keys(searched(vector.formatted("-1, 2, 0", "")).jsonPath()));
        assertThat(keys(search("\"like\": [{\"key\": \"y\"}, {\"vector\": [0, 0, 1]}], \"unlike\": []")
                        .jsonPath()))
                .startsWith("yz", "z")
                .doesNotContain("y");
    }

    @Test
    void whatIsUnlikeMovesAway() {
        assertThat(keys(search("\"like\": [{\"key\": \"y\"}]").jsonPath())).containsExactly("yz", "xy", "z", "x");
        assertThat(keys(search("\"like\": [{\"key\": \"y\"}], \"unlike\": [{\"key\": \"z\"}]")
                        .jsonPath()))
                .startsWith("xy")
                .doesNotContain("y", "z");
    }

    /** Only the vector of the query is replaced. */
    @Test
    void wordsAreSearchedBesides() {
        JsonPath hits = searched("{\"query\": \"yz\", \"like\": [{\"key\": \"x\"}], \"explain\": true}")
                .jsonPath();
        assertThat(keys(hits)).contains("yz", "xy").doesNotContain("x");
        assertThat(hits.getDouble("items.find { it.key == 'yz' }.keywordScore")).isPositive();
        assertThat(keys(searched("{\"query\": \"tea\", \"like\": [{\"key\": \"x\"}], \"limit\": 100}")
                        .jsonPath()))
                .hasSize(4)
                .doesNotContain("x");
        assertThat(keys(searched(
                                "{\"query\": \"tea\", \"mode\": \"vector\", \"like\": [{\"key\": \"x\"}], \"limit\": 1}")
                        .jsonPath()))
                .containsExactly("xy");
    }

    @Test
    void allElseOfASearchIsAsAlways() {
        search(
                        "\"like\": [{\"key\": \"x\"}], \"minSimilarity\": 0.7, \"groupBy\": {\"field\": \"g\"}, \"diversity\": {}, "
                                + "\"passages\": {}, \"budget\": {\"tokens\": 50}, \"filter\": {\"$key\": {\"$ne\": \"y\"}}")
                .then()
                .statusCode(200)
                .body("items.key", contains("xy"))
                .body("items[0].passages[0].text", equalTo("xy"));
        // An example need not match the filter.
        search("\"like\": [{\"key\": \"x\"}], \"filter\": {\"$key\": \"x\"}")
                .then()
                .statusCode(200)
                .body("items", empty());
    }

    @Test
    void aDocumentIsTheMeanOfItsChunks() {
        String owner = made(Api.collection("\"embedding\": {\"model\": \"" + FakeEmbedder.MODEL
                + "\"}, \"chunking\": {\"maxTokens\": 16, \"overlapTokens\": 0}"));
        String far = "red ".repeat(16) + "blue ".repeat(16);
        Api.put(owner, "both", "{\"content\": \"" + far + "\"}");
        Api.put(owner, "red", "{\"content\": \"red\"}");
        Api.put(owner, "blue", "{\"content\": \"blue\"}");
        Api.put(owner, "green", "{\"content\": \"green\"}");
        List<List<Float>> chunks = given().get(documents(owner) + "/both?include=vector")
                .jsonPath()
                .getList("chunks.vector");
        assertThat(chunks).hasSizeGreaterThan(1);
        float[] sum = new float[FakeEmbedder.DIMENSIONS];
        chunks.forEach(chunk -> {
            for (int i = 0; i < sum.length; i++) {
                sum[i] += chunk.get(i);
            }
        });
        JsonPath hits = json("{\"like\": [{\"key\": \"both\"}], \"include\": []}")
                .post(COLLECTIONS + "/" + owner + "/search")
                .jsonPath();
        assertThat(keys(hits)).hasSize(3).doesNotContain("both");
        for (String word : List.of("red", "blue", "green")) {
            Vector mean = Vector.of(sum).normalized();
            assertThat(hits.getDouble("items.find { it.key == '" + word + "' }.vectorSimilarity"))
                    .isCloseTo(mean.dot(FakeEmbedder.vectorOf(word)), within(1e-4));
        }
        JsonPath red = json("{\"like\": [{\"text\": \"red\"}], \"unlike\": [{\"text\": \"blue\"}], \"include\": []}")
                .post(COLLECTIONS + "/" + owner + "/search")
                .jsonPath();
        assertThat(red.getDouble("items.find { it.key == 'red' }.vectorSimilarity"))
                .isGreaterThan(red.getDouble("items.find { it.key == 'blue' }.vectorSimilarity") + 0.5);
    }

    @Test
    void aDocumentThatIsNotThereOrHasNoVectorsIsNamed() {
        Api.put(name, "none", "{\"title\": \"Tea\"}");
        String other = made(Api.collection());
        json("{\"title\": \"x\"}").put(documents(other) + "/elsewhere").then().statusCode(201);
        search(
                        "\"like\": [{\"key\": \"x\"}, {\"key\": \"nobody\"}, {\"key\": \"elsewhere\"}], \"unlike\": [{\"key\": \"none\"}]")
                .then()
                .statusCode(422)
                .body("errors.pointer", contains("/like/1/key", "/like/2/key", "/unlike/0/key"))
                .body("errors.code", contains("search.like.unknown", "search.like.unknown", "search.like.no_vectors"));
        given().delete(documents(name) + "/x").then().statusCode(204);
        problem(search("\"like\": [{\"key\": \"x\"}]"), 422, "/like/0/key", "search.like.unknown");
    }

    @Test
    void aSearchMayWaitForTheVectorsOfItsExample() {
        String owner = made(Api.collection("\"embedding\": {\"model\": \"" + FakeEmbedder.MODEL + "\"}"));
        Api.put(owner, "two", "{\"content\": \"green tea\"}");
        embedder.hold();
        String sequence = json("{\"content\": \"black tea\"}")
                .put(documents(owner) + "/one")
                .then()
                .statusCode(201)
                .extract()
                .header("Tandem-Sequence");
        String like = "{\"like\": [{\"key\": \"one\"}], \"include\": []}";
        problem(json(like).post(COLLECTIONS + "/" + owner + "/search"), 422, "/like/0/key", "search.like.no_vectors");
        embedder.release();
        json(like)
                .header("Tandem-Sequence", sequence)
                .post(COLLECTIONS + "/" + owner + "/search")
                .then()
                .statusCode(200)
                .body("items.key", contains("two"));
    }

    @Test
    void examplesAreNoHitsOfTheWordsAloneEither() {
        String owner = made(Api.collection("\"embedding\": {\"model\": \"" + FakeEmbedder.MODEL + "\"}"));
        Api.put(owner, "one", "{\"content\": \"black tea\"}");
        Api.put(owner, "two", "{\"content\": \"green tea\"}");
        embedder.down(true);
        json("{\"query\": \"tea\", \"degrade\": true, \"like\": [{\"key\": \"one\"}, {\"text\": \"never seen before\"}]}")
                .post(COLLECTIONS + "/" + owner + "/search")
                .then()
                .statusCode(200)
                .body("items.key", contains("two"))
                .body("warnings", hasItem(startsWith("The vector search is away")));
        // The example has the word too, so it was counted.
        json("{\"query\": \"tea\", \"degrade\": true, \"pages\": true, \"total\": true,"
                        + "\"like\": [{\"key\": \"one\"}, {\"text\": \"never seen before\"}]}")
                .post(COLLECTIONS + "/" + owner + "/search")
                .then()
                .statusCode(200)
                .body("items.key", contains("two"))
                .body("total.value", equalTo(1))
                .body("total.exact", equalTo(false))
                .body("warnings", hasItem(startsWith("The vector search is away")));
        // Keys alone need no model.
        json("{\"query\": \"tea\", \"like\": [{\"key\": \"one\"}]}")
                .post(COLLECTIONS + "/" + owner + "/search")
                .then()
                .statusCode(200)
                .body("items.key", contains("two"))
                .body("items[0].vectorRank", equalTo(1));
    }

    @ParameterizedTest
    @CsvSource({
        "cosine, '[1, 0]', '[-3, 0]', 422",
        "dot, '[1, 0]', '[-1, 0]', 422",
        "dot, '[1, 0]', '[-3, 0]', 200",
        "euclidean, '[1, 0]', '[-1, 0]', 200"
    })
    void examplesThatCancelEachOtherOutAreRefused(String metric, String one, String other, int status) {
        String owner = made(Api.collection(
                "\"embedding\": {\"model\": \"none\", \"dimensions\": 2, \"metric\": \"" + metric + "\"}"));
        Response answer = json("{\"like\": [{\"vector\": %s}, {\"vector\": %s}]}".formatted(one, other))
                .post(COLLECTIONS + "/" + owner + "/search");
        answer.then().statusCode(status);
        if (status == 422) {
            problem(answer, 422, "/like", "search.like.cancelled");
        }
        if (!metric.equals("cosine")) {
            problem(
                    json("{\"like\": [{\"vector\": [1e18, 0]}], \"unlike\": [{\"vector\": [-1e18, 0]}]}")
                            .post(COLLECTIONS + "/" + owner + "/search"),
                    422,
                    "/like",
                    "search.like.cancelled");
        }
    }

    @Test
    void whatIsWrongIsSaid() {
        for (String example : List.of(
                "{}",
                "{\"key\": null}",
                "{\"key\": \"x\", \"text\": \"tea\"}",
                "{\"key\": \"x\", \"vector\": [1, 0, 0]}")) {
            problem(search("\"like\": [{\"key\": \"x\"}, " + example + "]"), 422, "/like/1", "search.like.example");
            problem(
                    search("\"like\": [{\"key\": \"x\"}], \"unlike\": [" + example + "]"),
                    422,
                    "/unlike/0",
                    "search.like.example");
        }
        String eleven = String.join(", ", Collections.nCopies(11, "{\"key\": \"x\"}"));
        for (String like : List.of("[]", "[" + eleven + "]")) {
            problem(search("\"like\": " + like), 422, "/like", "search.like.amount");
        }
        problem(search("\"unlike\": [{\"key\": \"x\"}]"), 422, "/like", "search.like.amount");
        problem(
                search("\"like\": [{\"key\": \"x\"}], \"unlike\": [" + eleven + "]"),
                422,
                "/unlike",
                "search.like.amount");
        problem(search("\"like\": [{\"vector\": [1, 0]}]"), 422, "/like/0/vector", "vector.dimensions");
        problem(search("\"like\": [{\"vector\": [0, 0, 0]}]"), 422, "/like/0/vector", "vector.zero");
        problem(search("\"like\": [{\"text\": \"tea\"}]"), 422, "/like/0/text", "search.like.text");
        problem(search("\"like\": [{\"text\": \" \"}]"), 422, "/like/0/text", "search.like.example");
        problem(search("\"like\": [{\"text\": \"" + "x".repeat(10_001) + "\"}]"), 422, "/like/0/text", "text.too_long");
        problem(search("\"like\": [{\"key\": \"a\\u0000\"}]"), 422, "/like/0/key", "text.nul");
        problem(search("\"like\": [{\"key\": \"" + "x".repeat(257) + "\"}]"), 422, "/like/0/key", "text.too_long");
        problem(search("\"like\": [{\"key\": \"\"}]"), 422, "/like/0/key", "search.like.unknown");
        problem(search("\"vector\": [1, 0, 0], \"like\": [{\"key\": \"x\"}]"), 422, "/vector", "search.like.vector");
        problem(
                search("\"query\": \"tea\", \"mode\": \"keyword\", \"like\": [{\"key\": \"x\"}]"),
                422,
                "/mode",
                "search.like.mode");
        problem(search("\"mode\": \"hybrid\", \"like\": [{\"key\": \"x\"}]"), 422, "/query", "search.query.required");
        for (String like : List.of(
                "{\"key\": \"x\"}", "\"x\"", "[\"x\"]", "[{\"id\": \"x\"}]", "[{\"vector\": \"x\"}]", "[null]")) {
            search("\"like\": " + like).then().statusCode(400);
        }
        json("{\"searches\": [{\"like\": [{\"key\": \"x\"}]}, {\"like\": [{\"key\": \"nobody\"}]}]}")
                .post(COLLECTIONS + "/" + name + "/search:batch")
                .then()
                .statusCode(200)
                .body("answers.status", contains(200, 422));
    }

    private String made(String collection) {
        collections.add(collection);
        return collection;
    }

    private Response search(String members) {
        return searched("{" + members + "}");
    }

    private Response searched(String body) {
        return json(body).post(COLLECTIONS + "/" + name + "/search");
    }

    private static List<String> keys(JsonPath answer) {
        return answer.getList("items.key", String.class);
    }
}
