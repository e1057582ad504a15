package dev.tandem.api;

import static dev.tandem.api.Api.COLLECTIONS;
import static dev.tandem.api.Api.documents;
import static dev.tandem.api.Api.json;
import static dev.tandem.api.Api.problem;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import dev.tandem.domain.embedding.Metric;
import dev.tandem.domain.embedding.Vector;
import dev.tandem.testing.Database;
import dev.tandem.testing.EngineOfTests;
import dev.tandem.testing.FakeEmbedder;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One search of several collections. */
@QuarkusTest
class SeveralSearchApiTest {

    private static final String VECTORS = "\"embedding\": {\"model\": \"none\", \"dimensions\": 3}";

    @Inject
    FakeEmbedder model;

    @AfterEach
    void answer() {
        EngineOfTests.SERVER.away(false);
        model.down(false);
    }

    @Test
    void isAVectorSearchOverAllDocuments() {
        Random random = new Random(7);
        List<String> names =
                IntStream.range(0, 3).mapToObj(i -> Api.collection()).toList();
        Map<String, Vector> all = new LinkedHashMap<>();
        String sequence = "";
        for (int i = 0; i < 45; i++) {
            // Unequal: the first has half of them.
            String name = names.get(Math.max(0, i % 4 - 1));
            float[] vector = vector(random);
            all.put(name + "/k" + i, Vector.of(vector));
            sequence = json("{\"vector\": " + Arrays.toString(vector) + "}")
                    .put(documents(name) + "/k" + i)
                    .then()
                    .statusCode(201)
                    .extract()
                    .header("Tandem-Sequence");
        }
        for (int limit : new int[] {1, 7, 30, 100}) {
            float[] query = vector(random);
            List<String> expected = all.entrySet().stream()
                    .sorted(Comparator.comparing(
                            entry -> -Metric.COSINE.similarity(entry.getValue(), Vector.of(query))))
                    .limit(limit)
                    .map(Map.Entry::getKey)
                    .toList();
            JsonPath found = json(body(names, "\"vector\": %s, \"limit\": %d".formatted(Arrays.toString(query), limit)))
                    .header("Tandem-Sequence", sequence)
                    .post("/v1/search")
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath();
            List<Map<String, ?>> items = found.getList("items");
            assertThat(items)
                    .extracting(hit -> hit.get("collection") + "/" + hit.get("key"))
                    .isEqualTo(expected);
            assertThat(items)
                    .extracting(hit -> hit.get("vectorRank"))
                    .isEqualTo(IntStream.rangeClosed(1, expected.size()).boxed().toList());
            assertThat(found.getList("warnings", String.class))
                    .isEqualTo(limit < 45 ? List.of() : List.of("Only 45 of 100 hits: no other document matches."));
        }
    }

    @Test
    void isTheSearchOfOneIfThereIsOne() {
        String name = Api.collection();
        put(name, "tea", "green tea", "[1, 0, 0]");
        put(name, "coffee", "coffee, no tea", "[0.8, 0.6, 0]");
        put(name, "car", "wheels", "[0, 0, 1]");
        for (String search : List.of(
                "\"query\": \"tea\"",
                "\"query\": \"tea\", \"vector\": [0, 1, 0], \"explain\": true",
                "\"query\": \"tea\", \"vector\": [0, 1, 0], \"fusion\": {\"type\": \"rrf\"}, \"minSimilarity\": 0.5",
                "\"vector\": [0, 1, 0], \"include\": [\"chunk\", \"highlights\", \"vector\"], \"limit\": 2",
                "\"query\": \"+tea -coffee\", \"syntax\": \"simple\", \"include\": [\"highlights\"]",
                "\"query\": \"coffe grean\", \"fuzzy\": \"auto\", \"include\": [\"title\", \"metadata\"]",
                "\"query\": \"whe\", \"prefix\": true, \"passages\": {\"around\": 1}",
                "\"query\": \"tea\", \"vector\": [0, 1, 0], \"passages\": {}, \"budget\": {\"tokens\": 6}")) {
            Map<String, Object> alone = json("{" + search + "}")
                    .post(COLLECTIONS + "/" + name + "/search")
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath()
                    .getMap("");
            JsonPath merged = search(List.of(name), search).extract().jsonPath();
            merged.<Map<String, Object>>getList("items")
                    .forEach(hit -> assertThat(hit.remove("collection")).isEqualTo(name));
            assertThat(merged.getMap("")).as(search).isEqualTo(alone);
        }
    }

    /** What a collection has that is hardly about the question comes after all that is. */
    @Test
    void aPoorCollectionTakesNoPlaces() {
        String good = Api.collection();
        String poor = Api.collection();
        for (int i = 0; i < 4; i++) {
            put(good, "tea-" + i, "green tea, black tea, all about tea", "[1, 0, 0." + i + "]");
            put(good, "rain-" + i, "rain and clouds", "[0, 0, 1]");
        }
        put(poor, "car", "a car with wheels, seats, a road, a driver, and somewhere a cup of tea", "[0.1, 1, 0]");
        put(poor, "bus", "a bus with wheels", "[0, 0, 1]");
        for (String search : List.of(
                "\"query\": \"tea\"",
                "\"query\": \"tea\", \"vector\": [1, 0, 0]",
                "\"vector\": [1, 0, 0]",
                "\"query\": \"tea\", \"vector\": [1, 0, 0], \"fusion\": {\"type\": \"rrf\"}")) {
            search(List.of(poor, good), search + ", \"limit\": 5")
                    .body("items.collection", contains(good, good, good, good, poor))
                    .body("items[4].key", equalTo("car"))
                    .body("warnings", hasSize(0));
        }
    }

    @Test
    void embedsTheQueryOnceForAModel() {
        model.reset();
        String one = embedded(FakeEmbedder.MODEL);
        String two = embedded(FakeEmbedder.MODEL);
        String other = embedded(FakeEmbedder.SECOND_MODEL);
        String query = Api.freeName();
        Api.put(one, "a", "{\"content\": \"" + query + " and much else that is nothing\"}");
        Api.put(two, "b", "{\"content\": \"" + query + "\"}");
        Api.put(other, "c", "{\"content\": \"" + query + " far from it\"}");
        Api.put(other, "d", "{\"content\": \"nothing of the kind\"}");
        search(List.of(one, two), "\"query\": \"%s\", \"mode\": \"vector\"".formatted(query))
                .body("items.key", contains("b", "a"));
        assertThat(model.queries()).filteredOn(query::equals).hasSize(1);
        // Of each model, one stands out from two.
        search(List.of(one, two, other), "\"query\": \"%s\", \"mode\": \"vector\"".formatted(query))
                .body("items[0..1].key.sort()", contains("b", "c"))
                .body("items[2..3].key.sort()", contains("a", "d"))
                .body("items.vectorRank", contains(1, 2, 3, 4));
        search(List.of(one, other, Api.collection()), "\"query\": \"%s\"".formatted(query))
                .body("items[0].explanation", equalTo(null))
                .body("items", hasSize(3));
    }

    @Test
    void forgivesTyposInEach() {
        String one = Api.collection();
        String two = Api.collection();
        put(one, "a", "coffee in the morning", "[1, 0, 0]");
        put(two, "b", "a coffeehouse", "[1, 0, 0]");
        List<String> both = List.of(one, two);
        search(both, "\"query\": \"cofee\"").body("items", hasSize(0));
        search(both, "\"query\": \"cofee\", \"fuzzy\": \"auto\"").body("items.key", contains("a"));
        search(both, "\"query\": \"coff\", \"prefix\": true").body("items.key.sort()", contains("a", "b"));
        problem(
                json(body(both, "\"query\": \"coff\", \"fuzzy\": \"always\"")).post("/v1/search"),
                422,
                "/fuzzy",
                "choice.unknown");
    }

    /** The hits of all collections share it, whichever they are from. */
    @Test
    void spendsOneBudgetOnAll() {
        String one = embedded(FakeEmbedder.MODEL);
        String two = embedded(FakeEmbedder.MODEL);
        String own = Api.collection();
        Api.put(one, "best", "{\"title\": \"ant\", \"content\": \"ant ant ant\"}");
        Api.put(two, "next", "{\"title\": \"ant\", \"content\": \"ant bee bee bee\"}");
        put(own, "last", "ant in a long text about bees and other things that have wings", "[1, 0, 0]");
        String query = "\"query\": \"ant\", \"include\": [\"passages\"], \"budget\": {\"tokens\": %d}";
        String byVector = query + ", \"mode\": \"vector\"";
        search(List.of(two, one), byVector.formatted(7))
                .body("items.key", contains("best", "next"))
                .body("items.collection", contains(one, two))
                .body("items.passages.text", contains(List.of("ant ant ant"), List.of("ant bee bee bee")))
                .body("budget.used", equalTo(7))
                .body("budget.counter", equalTo("tokenizer"))
                .body("budget.cut.documents", equalTo(0));
        search(List.of(two, one), byVector.formatted(6))
                .body("items.key", contains("best"))
                .body("budget.used", equalTo(3))
                .body("budget.cut.passages", equalTo(1))
                .body("budget.cut.documents", equalTo(1))
                .body("warnings[0]", startsWith("The budget of 6 tokens is spent"));
        // Those of two models are not counted alike.
        search(List.of(own, two, one), query.formatted(1_000))
                .body("items", hasSize(3))
                .body("items.passages.findAll { it.size() == 1 }", hasSize(3))
                .body("budget.counter", equalTo("estimate"));
        problem(
                json(body(List.of(one, two), "\"query\": \"ant\", \"budget\": {\"tokens\": 5}"))
                        .post("/v1/search"),
                422,
                "/budget",
                "search.budget.passages");
    }

    @Test
    void namesTheCollectionThatCannotAnswer() {
        String here = Api.collection();
        String elsewhere = Api.collection(VECTORS + ", \"engine\": \"memory\"");
        put(here, "a", "tea", "[1, 0, 0]");
        put(elsewhere, "b", "tea", "[1, 0, 0]");
        EngineOfTests.SERVER.away(true);
        List<String> both = List.of(here, elsewhere);
        String hybrid = "\"query\": \"tea\", \"vector\": [1, 0, 0]";
        problem(json(body(both, hybrid)).post("/v1/search"), 503, "engine.unavailable")
                .body("detail", startsWith("Collection '" + elsewhere + "': "));
        search(both, hybrid + ", \"degrade\": true, \"limit\": 2")
                .body("items.collection", contains(here, elsewhere))
                .body("items[0].vectorRank", equalTo(1))
                .body("items[1].vectorRank", equalTo(null))
                .body("warnings", contains(startsWith("Collection '" + elsewhere + "': The vector search is away")));
        search(both, "\"query\": \"tea\", \"mode\": \"keyword\"").body("items", hasSize(2));
        problem(
                json(body(both, "\"vector\": [1, 0, 0], \"degrade\": true")).post("/v1/search"),
                503,
                "engine.unavailable");
    }

    @Test
    void aModelThatIsAwayTakesTheWordsWithItOnlyIfThatIsNotAllowed() {
        String embedded = embedded(FakeEmbedder.MODEL);
        String own = Api.collection();
        Api.put(embedded, "a", "{\"content\": \"tea of the model\"}");
        put(own, "b", "tea", "[1, 0, 0]");
        model.down(true);
        String query = "\"query\": \"tea %s\"".formatted(Api.freeName());
        problem(json(body(List.of(own, embedded), query)).post("/v1/search"), 503, "embedding.down")
                .body("detail", startsWith("Collection '" + embedded + "': "));
        search(List.of(own, embedded), query + ", \"degrade\": true")
                .body("items.key.sort()", contains("a", "b"))
                .body("warnings", hasItem(startsWith("Collection '" + embedded + "': The vector search is away")));
    }

    /** Rows decide: what no longer matches makes room for a hit of another collection. */
    @Test
    void fillsUpWithHitsOfOthers() throws SQLException {
        String one = Api.collection();
        String two = Api.collection();
        for (int i = 0; i < 15; i++) {
            Api.put(one, "k" + i, "{\"vector\": [1, 0, 0], \"metadata\": {\"kind\": \"tea\"}}");
        }
        Api.put(two, "last", "{\"vector\": [0, 1, 0], \"metadata\": {\"kind\": \"tea\"}}");
        Database.execute(
                "update document set metadata = '{}' from collection where collection_id = collection.id and name = ?",
                one);
        search(List.of(one, two), "\"vector\": [1, 0, 0], \"filter\": {\"kind\": \"tea\"}, \"limit\": 1")
                .body("items.key", contains("last"))
                .body("warnings", hasSize(0));
    }

    /** Otherwise they would not fit in memory. */
    @Test
    void findsFewerLargeDocuments() throws SQLException {
        List<String> names = List.of(Api.collection(), Api.collection());
        for (String name : names) {
            for (int i = 0; i < 4; i++) {
                Api.put(name, "k" + i, "{\"title\": \"everywhere\", \"vector\": [1, 0, " + i + "]}");
            }
            Database.execute(
                    "update document set content = repeat('x', 2000000) from collection"
                            + " where collection_id = collection.id and name = ?",
                    name);
        }
        search(names, "\"query\": \"everywhere\", \"limit\": 8")
                .body("items", hasSize(5))
                .body("warnings", contains("Only 5 of 8 hits: more would be too large together."));
        search(names, "\"query\": \"everywhere\", \"include\": [\"title\"], \"limit\": 8")
                .body("items", hasSize(8))
                .body("warnings", hasSize(0));
        search(names, "\"vector\": [1, 0, 0], \"include\": [\"vector\"], \"limit\": 8")
                .body("items", hasSize(8))
                .body("items[3].vector", hasSize(3));
        search(names, "\"vector\": [1, 0, 0], \"include\": [\"document\", \"vector\"], \"limit\": 8")
                .body("items", hasSize(4))
                .body("items[3].vector", hasSize(3));
    }

    @Test
    void saysWhatIsMissingWithoutNamingWhatItDoesNotKnow() {
        List<String> names = List.of(Api.collection());
        json(body(names, "\"limit\": 3"))
                .post("/v1/search")
                .then()
                .statusCode(422)
                .body("errors.code", contains("search.query.required"))
                .body(
                        "errors.message",
                        contains("A search needs a query or a vector; one of a single collection may have examples."));
        json(body(names, "\"mode\": \"keyword\""))
                .post("/v1/search")
                .then()
                .statusCode(422)
                .body("errors.message", contains("This mode searches for keywords: send a query."));
    }

    @Test
    void refusesWhatNoCollectionCanAnswer() {
        String name = Api.collection();
        String tooMany =
                Stream.generate(() -> "\"" + Api.freeName() + "\"").limit(17).collect(Collectors.joining(","));
        for (String collections : new String[] {"", "\"collections\": [],", "\"collections\": [" + tooMany + "],"}) {
            problem(
                    json("{" + collections + "\"query\": \"tea\"}").post("/v1/search"),
                    422,
                    "/collections",
                    "search.collections.amount");
        }
        problem(
                json(body(List.of(name, name), "\"query\": \"tea\"")).post("/v1/search"),
                422,
                "/collections/1",
                "search.collections.twice");
        for (String bad : List.of("\"\"", "\"../" + name + "\"", "\"A\"", "\"" + "x".repeat(100_000) + "\"")) {
            problem(
                    json("{\"collections\": [\"%s\", %s], \"query\": \"tea\"}".formatted(name, bad))
                            .post("/v1/search"),
                    422,
                    "/collections/1",
                    "collection.name");
        }
        problem(
                json(body(List.of(name, Api.freeName()), "\"query\": \"tea\"")).post("/v1/search"),
                404,
                "collection.not_found");
        problem(
                json(body(List.of(name), "\"query\": \"tea\", \"filter\": {\"a\": {\"$no\": 1}}"))
                        .post("/v1/search"),
                400,
                "/filter/a/$no",
                "filter.unknown_operator");
        problem(json(body(List.of(name), "\"facets\": {}")).post("/v1/search"), 400, "/facets", "json.unknown_field");
    }

    @Test
    void saysInWhichCollectionsARuleIsBroken() {
        String three = Api.collection();
        String two = Api.collection("\"embedding\": {\"model\": \"none\", \"dimensions\": 2}");
        String embedded = embedded(FakeEmbedder.MODEL);
        problem(
                        json(body(List.of(three, two), "\"query\": \"tea\", \"limit\": 0"))
                                .post("/v1/search"),
                        422,
                        "request.rejected")
                .body("errors.message", contains("A limit is from 1 to 1000."));
        problem(json(body(List.of(three, two), "\"vector\": [1, 0, 0]")).post("/v1/search"), 422, "request.rejected")
                .body("errors.pointer", contains("/vector"))
                .body("errors.message", contains(startsWith("Collection '" + two + "': A vector of this collection")));
        problem(
                        json(body(List.of(embedded, three), "\"query\": \"tea\", \"mode\": \"hybrid\""))
                                .post("/v1/search"),
                        422,
                        "request.rejected")
                .body("errors.code", contains("search.vector.required"))
                .body("errors.message", contains(containsString(three)))
                .body("errors.message", contains(not(containsString(embedded))));
    }

    @Test
    void takesAsManyAsItSays() {
        List<String> names =
                IntStream.range(0, 16).mapToObj(i -> Api.collection()).toList();
        for (String name : names) {
            put(name, "k", "tea in " + name, "[1, 0, 0]");
        }
        ValidatableResponse found = search(
                names, "\"query\": \"tea\", \"vector\": [1, 0, 0], \"include\": [\"highlights\"], \"limit\": 16");
        assertThat(found.extract().jsonPath().getList("items.collection", String.class))
                .containsExactlyInAnyOrderElementsOf(names);
    }

    @Test
    void aCollectionMayBeDeletedMeanwhile() {
        String stays = Api.collection();
        String goes = Api.collection();
        put(stays, "a", "tea", "[1, 0, 0]");
        put(goes, "b", "tea", "[1, 0, 0]");
        String search = body(List.of(stays, goes), "\"query\": \"tea\", \"vector\": [1, 0, 0]");
        CompletableFuture<Response> last = CompletableFuture.supplyAsync(() -> {
            Response answer = json(search).post("/v1/search");
            while (answer.statusCode() == 200) {
                assertThat(answer.jsonPath().getList("items.key", String.class)).startsWith("a");
                answer = json(search).post("/v1/search");
            }
            return answer;
        });
        given().delete(COLLECTIONS + "/" + goes).then().statusCode(204);
        problem(last.join(), 404, "collection.not_found")
                .body("detail", equalTo("There is no collection named '" + goes + "'."));
        search(List.of(stays), "\"query\": \"tea\"").body("items.key", contains("a"));
    }

    private static float[] vector(Random random) {
        return new float[] {random.nextFloat(-1, 1), random.nextFloat(-1, 1), random.nextFloat(-1, 1)};
    }

    private static String embedded(String model) {
        return Api.collection("\"embedding\": {\"model\": \"%s\"}".formatted(model));
    }

    private static void put(String collection, String key, String content, String vector) {
        Api.put(collection, key, "{\"content\": \"%s\", \"vector\": %s}".formatted(content, vector));
    }

    private static String body(List<String> collections, String members) {
        return collections.stream()
                .map(name -> "\"" + name + "\"")
                .collect(Collectors.joining(", ", "{\"collections\": [", "], " + members + "}"));
    }

    private static ValidatableResponse search(List<String> collections, String members) {
        return json(body(collections, members)).post("/v1/search").then().statusCode(200);
    }
}
