package dev.tandem.api;

import static dev.tandem.api.Api.COLLECTIONS;
import static dev.tandem.api.Api.json;
import static dev.tandem.api.Api.problem;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import dev.tandem.testing.FakeEmbedder;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Three documents that are nearly the same, which are the best, then others. */
@QuarkusTest
class DiverseSearchApiTest {

    private final List<String> collections = new ArrayList<>();
    private String name = "";

    @BeforeEach
    void fill() {
        name = made(Api.collection());
        put("a1", "[1, 0.1, 0]", 1);
        put("a2", "[1, 0.11, 0]", 1);
        put("a3", "[1, 0.12, 0]", 1);
        put("b", "[1, 0, 0.7]", 1);
        put("c", "[0.5, -1, 0]", 2);
    }

    private void put(String key, String vector, int group) {
        Api.put(name, key, "{\"title\": \"Tea\", \"vector\": %s, \"metadata\": {\"g\": %d}}".formatted(vector, group));
    }

    @AfterEach
    void delete() {
        collections.forEach(collection -> given().delete(COLLECTIONS + "/" + collection));
    }

    @Test
    void whatIsLikeBetterHitsGivesWay() {
        JsonPath plain = search("\"explain\": true").jsonPath();
        assertThat(keys(plain)).containsExactly("a1", "a2", "a3", "b", "c");
        assertThat(plain.getList("items.explanation.diversity")).containsOnlyNulls();
        JsonPath diverse =
                search("\"explain\": true, \"diversity\": {\"lambda\": 0.25}").jsonPath();
        assertThat(keys(diverse)).containsExactly("a1", "c", "b", "a2", "a3");
        assertThat(diverse.getList("items.explanation.diversity.rankBefore")).isEqualTo(List.of(1, 5, 4, 2, 3));
        assertThat(diverse.getDouble("items[0].explanation.diversity.relevance"))
                .isEqualTo(1);
        assertThat(diverse.getDouble("items[3].explanation.diversity.similarity"))
                .isGreaterThan(0.99);
        assertThat(diverse.getDouble("items[1].vectorSimilarity"))
                .isEqualTo(plain.getDouble("items[4].vectorSimilarity"));
        assertThat(diverse.getInt("items[1].vectorRank")).isEqualTo(5);
        assertThat(keys(search("\"diversity\": {\"lambda\": 1}").jsonPath())).isEqualTo(keys(plain));
    }

    /** The order does not depend on how much of it is shown. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void aLimitShowsTheFirstOfTheSameOrder(int limit) {
        JsonPath hits = search("\"limit\": " + limit + ", \"diversity\": {\"lambda\": 0.25}")
                .jsonPath();
        assertThat(keys(hits)).isEqualTo(List.of("a1", "c", "b", "a2").subList(0, limit));
        assertThat(hits.getList("warnings")).isEmpty();
    }

    @Test
    void theOthersFollowAsTheyWere() {
        assertThat(keys(search("\"diversity\": {\"top\": 4, \"lambda\": 0.1}").jsonPath()))
                .containsExactly("a1", "b", "a2", "a3", "c");
        assertThat(keys(search("\"diversity\": {\"top\": 1}").jsonPath())).containsExactly("a1", "a2", "a3", "b", "c");
    }

    /** Vectors are in the rows, so no search by vector is needed. */
    @ParameterizedTest
    @CsvSource({"keyword", "hybrid"})
    void wordsAreDiverseToo(String mode) {
        JsonPath hits = searched("{\"query\": \"tea\", \"vector\": [1, 0, 0], \"mode\": \"" + mode
                        + "\", \"diversity\": {\"lambda\": 0.1}, \"include\": [\"document\", \"vector\"]}")
                .jsonPath();
        assertThat(keys(hits)).hasSize(5);
        assertThat(keys(hits).subList(0, 3).stream().filter(key -> key.startsWith("a")))
                .hasSize(1);
    }

    @Test
    void groupsAreMadeOfTheNewOrder() {
        JsonPath hits = search("\"limit\": 2, \"diversity\": {\"lambda\": 0.25}, \"groupBy\": {\"field\": \"g\"}")
                .jsonPath();
        assertThat(keys(hits)).containsExactly("a1", "c");
        assertThat(keys(search("\"diversity\": {\"lambda\": 0.25}, \"groupBy\": {\"field\": \"g\", \"size\": 2}")
                        .jsonPath()))
                .containsExactly("a1", "c", "b");
    }

    /** What is not similar enough does not take part. */
    @Test
    void aThresholdComesFirst() {
        assertThat(keys(search("\"diversity\": {\"lambda\": 0.1}, \"minSimilarity\": 0.6")
                        .jsonPath()))
                .containsExactly("a1", "b", "a2", "a3");
    }

    @Test
    void passagesAreForTheNewOrder() {
        search(
                        "\"limit\": 2, \"diversity\": {\"lambda\": 0.25}, \"include\": [\"passages\", \"title\"], \"budget\": {\"tokens\": 100}")
                .then()
                .statusCode(200)
                .body("items.key", contains("a1", "c"));
    }

    /** Those that have none are like no other. */
    @Test
    void documentsWithoutVectorsTakePart() {
        Api.put(name, "none", "{\"title\": \"Tea\"}");
        JsonPath hits = searched("{\"query\": \"tea\", \"mode\": \"keyword\", \"diversity\": {\"lambda\": 0}}")
                .jsonPath();
        assertThat(keys(hits).subList(0, 2)).contains("none");
    }

    @Test
    void aModelsChunksAreCompared() {
        String own = made(Api.collection("\"embedding\": {\"model\": \"" + FakeEmbedder.MODEL + "\"}"));
        Api.put(own, "one", "{\"content\": \"green tea\"}");
        Api.put(own, "two", "{\"content\": \"tea green\"}");
        Api.put(own, "three", "{\"content\": \"black tea leaves\"}");
        json("{\"query\": \"green tea\", \"diversity\": {\"lambda\": 0.2}, \"include\": []}")
                .post(COLLECTIONS + "/" + own + "/search")
                .then()
                .body("items[1].key", equalTo("three"));
    }

    @Test
    void whatIsWrongIsSaid() {
        for (String lambda : List.of("-0.1", "1.1", "1e300")) {
            problem(
                    search("\"diversity\": {\"lambda\": " + lambda + "}"),
                    422,
                    "/diversity/lambda",
                    "search.diversity.lambda");
        }
        for (String top : List.of("0", "-1", "201", "2147483647")) {
            problem(search("\"diversity\": {\"top\": " + top + "}"), 422, "/diversity/top", "search.diversity.top");
        }
        for (String diversity : List.of("0.5", "[]", "\"mmr\"", "{\"lambda\": \"0.5\"}", "{\"lamda\": 0.5}")) {
            search("\"diversity\": " + diversity).then().statusCode(400);
        }
    }

    private String made(String collection) {
        collections.add(collection);
        return collection;
    }

    private Response search(String members) {
        return searched("{\"vector\": [1, 0, 0], " + members + "}");
    }

    private Response searched(String body) {
        return json(body).post(COLLECTIONS + "/" + name + "/search");
    }

    private static List<String> keys(JsonPath answer) {
        return answer.getList("items.key", String.class);
    }
}
