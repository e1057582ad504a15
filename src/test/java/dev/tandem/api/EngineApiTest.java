package dev.tandem.api;

import static dev.tandem.api.Api.documents;
import static dev.tandem.api.Api.json;
import static dev.tandem.api.Api.problem;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.anEmptyMap;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;

import dev.tandem.testing.EngineOfTests;
import dev.tandem.testing.Thorough;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.util.UUID;
import org.hamcrest.Matcher;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Collections whose vectors are in an engine beside the service, which may be away, and moves from one engine to another. */
@QuarkusTest
class EngineApiTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String VECTORS = "\"embedding\": {\"model\": \"none\", \"dimensions\": 3}";
    private static final String NEAR = "{\"query\": \"tea\", \"vector\": [1, 0, 0], %s\"include\": []}";

    @AfterEach
    void answer() {
        EngineOfTests.SERVER.away(false);
    }

    @Test
    void wordsAndVectorsComeFromTwoEngines() {
        String collection = inMemory();
        put(collection, "green", "green tea", "[1, 0, 0]");
        put(collection, "black", "black tea", "[0, 1, 0]");
        put(collection, "beans", "coffee", "[0.9, 0.1, 0]");
        search(collection, "")
                .body("items.key", contains("green", "black", "beans"))
                .body("items.find { it.key == 'green' }.keywordRank", equalTo(1))
                .body("items.find { it.key == 'green' }.vectorRank", equalTo(1))
                .body("items.find { it.key == 'beans' }.vectorRank", equalTo(2));
        given().get(at(collection) + "/stats")
                .then()
                .body("index.engine", equalTo("memory"))
                .body("index.state", equalTo("ok"))
                .body("index.lag", equalTo(0));
        given().get(at(collection)).then().body("engine", equalTo("memory"));
    }

    @Test
    void demandedWordsHoldForVectorsOfAnotherEngine() {
        String collection = inMemory();
        put(collection, "green", "green tea", "[1, 0, 0]");
        put(collection, "black", "black tea", "[0.9, 0.1, 0]");
        put(collection, "beans", "coffee", "[0.8, 0.2, 0]");
        json("{\"query\": \"+tea -green\", \"syntax\": \"simple\", \"vector\": [1, 0, 0], \"mode\": \"vector\"}")
                .post(at(collection) + "/search")
                .then()
                .statusCode(200)
                .body("items.key", contains("black"));
    }

    @Thorough
    @Test
    void aMoveHasNoGapAndCanBeUndone() {
        String collection = Api.collection(VECTORS);
        for (int i = 0; i < 50; i++) {
            put(collection, "k" + i, "tea", "[1, 0, 0.0%d]".formatted(i));
        }
        move(collection, "memory");
        search(collection, "\"limit\": 100, ")
                .body("items", hasSize(50))
                .body("items.vectorRank", everyItem(hasRank()));
        put(collection, "late", "tea", "[1, 0, 0]");
        search(collection, "\"limit\": 100, ").body("items", hasSize(51));
        given().get(at(collection)).then().body("engine", equalTo("memory"));
        move(collection, "lucene");
        given().get(at(collection)).then().body("engine", equalTo("lucene"));
        search(collection, "\"limit\": 100, ").body("items", hasSize(51));
        EngineOfTests.SERVER.away(true);
        search(collection, "\"limit\": 100, ").body("items", hasSize(51));
    }

    @Test
    void whileTheEngineIsAwayEverythingElseGoesOn() {
        String collection = inMemory();
        put(collection, "green", "green tea", "[1, 0, 0]");
        EngineOfTests.SERVER.away(true);
        json("{\"content\": \"black tea\", \"vector\": [0, 1, 0]}")
                .put(documents(collection) + "/black")
                .then()
                .statusCode(201);
        given().get(documents(collection)).then().statusCode(200).body("items", hasSize(2));
        await().atMost(PATIENCE).untilAsserted(() -> json("{\"query\": \"tea\", \"mode\": \"keyword\"}")
                .post(at(collection) + "/search")
                .then()
                .statusCode(200)
                .body("items", hasSize(2))
                .body("warnings", not(hasItem(containsString("can't be written")))));
        problem(json(NEAR.formatted("")).post(at(collection) + "/search"), 503, "engine.unavailable");
        search(collection, "\"degrade\": true, ")
                .body("items", hasSize(2))
                .body("warnings", hasItem(containsString("keyword search alone")));
        EngineOfTests.SERVER.away(false);
        await().atMost(PATIENCE).untilAsserted(() -> search(collection, "\"mode\": \"vector\", ")
                .body("items", hasSize(2))
                .body("warnings", hasSize(1)));
    }

    @Test
    void namesWhatItDoesNotHave() {
        problem(
                        json("{\"name\": \"%s\", \"engine\": \"elastic\"}".formatted(Api.freeName()))
                                .post(Api.COLLECTIONS),
                        422,
                        "request.rejected")
                .body("errors.code", contains("collection.engine"))
                .body("errors.message", contains(containsString("lucene, memory")));
        String collection = Api.collection(VECTORS);
        problem(json("{\"engine\": \"elastic\"}").post(at(collection) + ":rebuild"), 422, "request.rejected")
                .body("errors.code", contains("collection.engine"));
        problem(json("{\"engine\": \"memory\"}").put(at(collection)), 422, "request.rejected")
                .body("errors.code", contains("collection.engine.immutable"));
    }

    @Test
    void refusesWhatTheEngineCannotHold() {
        String large =
                "{\"name\": \"%s\", \"embedding\": {\"model\": \"none\", \"dimensions\": 3001}, \"engine\": \"%s\"}";
        String name = Api.freeName();
        problem(json(large.formatted(name, "memory")).post(Api.COLLECTIONS), 422, "request.rejected")
                .body("errors.code", contains("engine.unfit"))
                .body("errors.message", contains(containsString("3000")));
        json(large.formatted(name, "lucene")).post(Api.COLLECTIONS).then().statusCode(201);
        problem(json("{\"engine\": \"memory\"}").post(at(name) + ":rebuild"), 422, "request.rejected")
                .body("errors.code", contains("engine.unfit"));
        given().get(at(name)).then().body("engine", equalTo("lucene"));
    }

    @Test
    void saysWhatItsEnginesLack() {
        given().get("/v1/info")
                .then()
                .statusCode(200)
                .body("defaultEngine", equalTo("lucene"))
                .body("engines.name", contains("lucene", "memory"))
                .body("engines[0].lacks", anEmptyMap())
                .body("engines[1].lacks.keywords", equalTo("It compares vectors only."))
                .body("defaultModel", equalTo("all-minilm-l6-v2"))
                .body("models[0].dimensions", equalTo(384))
                .body("models[0].runs", equalTo("local"))
                .body("limits.bodyBytes", equalTo(4 << 20))
                .body("limits.documentsByFilter", equalTo(100));
    }

    @Test
    void aMoveThatIsUnderWayGoesBackButNowhereElse() {
        String collection = Api.collection(VECTORS);
        put(collection, "a", "tea", "[1, 0, 0]");
        EngineOfTests.SERVER.away(true);
        String job = json("{\"engine\": \"memory\"}")
                .post(at(collection) + ":rebuild")
                .then()
                .statusCode(202)
                .body("kind", equalTo("move"))
                .extract()
                .path("id");
        json("{\"engine\": \"memory\"}")
                .post(at(collection) + ":rebuild")
                .then()
                .statusCode(202)
                .body("id", equalTo(job));
        search(collection, "").body("items", hasSize(1)).body("items.vectorRank", contains(1));
        move(collection, "lucene");
        search(collection, "").body("items", hasSize(1)).body("items.vectorRank", contains(1));
    }

    @Test
    void aDeletedCollectionLeavesNothing() {
        String collection = inMemory();
        put(collection, "a", "tea", "[1, 0, 0]");
        String id = given().get(documents(collection)).path("items[0].id");
        given().delete(at(collection)).then().statusCode(204);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(EngineOfTests.SERVER.knows(UUID.fromString(id)))
                .isFalse());
        problem(json(NEAR.formatted("")).post(at(collection) + "/search"), 404, "collection.not_found");
    }

    private static Matcher<Integer> hasRank() {
        return greaterThan(0);
    }

    private static String inMemory() {
        return Api.collection(VECTORS + ", \"engine\": \"memory\"");
    }

    private static String at(String collection) {
        return Api.COLLECTIONS + "/" + collection;
    }

    private static void put(String collection, String key, String content, String vector) {
        Api.put(collection, key, "{\"content\": \"%s\", \"vector\": %s}".formatted(content, vector));
    }

    private static ValidatableResponse search(String collection, String members) {
        return json(NEAR.formatted(members))
                .post(at(collection) + "/search")
                .then()
                .statusCode(200);
    }

    private static void move(String collection, String engine) {
        String job = json("{\"engine\": \"%s\"}".formatted(engine))
                .post(at(collection) + ":rebuild")
                .then()
                .statusCode(202)
                .extract()
                .path("id");
        await().atMost(PATIENCE)
                .untilAsserted(() -> given().get("/v1/jobs/" + job).then().body("state", equalTo("succeeded")));
    }
}
