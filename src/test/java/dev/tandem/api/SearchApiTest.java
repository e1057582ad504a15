package dev.tandem.api;

import static dev.tandem.api.Api.COLLECTIONS;
import static dev.tandem.api.Api.documents;
import static dev.tandem.api.Api.json;
import static dev.tandem.api.Api.problem;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;

import dev.tandem.domain.collection.Collection;
import dev.tandem.testing.CollectionSamples;
import dev.tandem.testing.Database;
import dev.tandem.testing.World;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.config.JsonPathConfig.NumberReturnType;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class SearchApiTest {

    @Inject
    World world;

    private String collection = "";

    @BeforeEach
    void threeDocuments() {
        collection = Api.collection();
        Api.put(collection, "tea", """
                {"title": "Tea", "content": "Leaves in hot water.", "metadata": {"year": 2024}, "vector": [1, 0, 0]}""");
        Api.put(collection, "coffee", """
                {"title": "Coffee", "content": "Beans in hot water.", "metadata": {"year": 2020}, "vector": [0.8, 0.6, 0]}""");
        Api.put(collection, "car", """
                {"title": "Car", "content": "Wheels on a road.", "metadata": {"year": 2024}, "vector": [0, 0, 1]}""");
    }

    @Test
    void findsByWords() {
        search("{\"query\": \"hot water\", \"mode\": \"keyword\"}")
                .body("items.key", org.hamcrest.Matchers.containsInAnyOrder("tea", "coffee"))
                .body("items[0].keywordRank", equalTo(1))
                .body("items[0].keywordScore", notNullValue())
                .body("items[0]", not(hasKey("vectorRank")))
                .body("items[0].document.content", containsString("hot water"))
                .body("warnings", hasSize(1))
                .body("sequence", notNullValue());
    }

    @Test
    void contentsThatNobodyReadsTakeNoRoom() throws SQLException {
        String large = Api.collection();
        for (int i = 0; i < 7; i++) {
            Api.put(
                    large,
                    "k" + i,
                    "{\"title\": \"everywhere\", \"metadata\": {\"n\": " + i + "}, \"vector\": [1, 0, 0]}");
        }
        Database.execute(
                "update document set content = repeat('x', 2000000) from collection"
                        + " where collection_id = collection.id and name = ?",
                large);
        for (String search : List.of(
                "\"query\": \"everywhere\", \"include\": []",
                "\"query\": \"everywhere\", \"include\": [\"title\", \"metadata\"]",
                "\"query\": \"everywhere\", \"include\": [\"title\"], \"filter\": {\"n\": {\"$gte\": 0}}",
                "\"query\": \"everywhere\", \"include\": [], \"groupBy\": {\"field\": \"n\"}",
                "\"query\": \"everywhere\", \"include\": [], \"pages\": true",
                "\"vector\": [1, 0, 0], \"include\": [\"highlights\"]",
                "\"vector\": [1, 0, 0], \"include\": [\"vector\"]")) {
            json("{" + search + ", \"limit\": 7}")
                    .post(COLLECTIONS + "/" + large + "/search")
                    .then()
                    .body("items", hasSize(7))
                    .body("warnings", hasSize(0));
        }
        for (String included : List.of("chunk", "passages", "highlights")) {
            json("{\"query\": \"everywhere\", \"vector\": [1, 0, 0], \"limit\": 7, \"include\": [\"" + included
                            + "\"]}")
                    .post(COLLECTIONS + "/" + large + "/search")
                    .then()
                    .body("items", hasSize(5))
                    .body(
                            "warnings",
                            contains(
                                    "Only 5 of 7 hits: more would be too large together, with the contents that chunks, passages and highlights are taken from."));
        }
    }

    /** Otherwise they would not fit in memory. */
    @Test
    void findsFewerLargeDocuments() throws SQLException {
        String large = Api.collection();
        for (int i = 0; i < 7; i++) {
            Api.put(large, "k" + i, "{\"title\": \"everywhere\"}");
        }
        Database.execute(
                "update document set content = repeat('x', 2000000) from collection"
                        + " where collection_id = collection.id and name = ?",
                large);
        json("{\"query\": \"everywhere\", \"mode\": \"keyword\", \"limit\": 7}")
                .post("/v1/collections/" + large + "/search")
                .then()
                .statusCode(200)
                .body("items", hasSize(5))
                .body("warnings", contains("Only 5 of 7 hits: more would be too large together."));
    }

    @Test
    void findsByVectorsThatCallersBring() {
        search("{\"vector\": [1, 0, 0], \"limit\": 2}")
                .body("items.key", contains("tea", "coffee"))
                .body("items[0].vectorSimilarity", closeTo(1.0, 1e-3))
                .body("items[1].vectorSimilarity", closeTo(0.8, 1e-3))
                .body("items[1].vectorRank", equalTo(2))
                .body("items[0]", not(hasKey("keywordRank")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"standard", "relative", "rrf"})
    void findsByBoth(String fusion) {
        search("""
                {"query": "beans", "vector": [1, 0, 0], "mode": "hybrid", "limit": 3, "explain": true,
                 "fusion": {"type": "%s", "keywordWeight": 0.9, "vectorWeight": 0.1}}""".formatted(fusion))
                .body("items[0].key", equalTo("coffee"))
                .body("items[0].keywordRank", equalTo(1))
                .body("items[0].vectorRank", equalTo(2))
                .body("items[0].explanation.keyword", notNullValue())
                .body("items[0].explanation.vector", notNullValue())
                .body("items[1].key", equalTo("tea"));
    }

    @Test
    void filters() {
        search("{\"vector\": [0, 1, 0], \"filter\": {\"year\": 2024}}")
                .body("items.key", org.hamcrest.Matchers.containsInAnyOrder("tea", "car"));
        problem(
                ask("{\"query\": \"a\", \"filter\": {\"year\": {\"$like\": 1}}}"),
                400,
                "/filter/year/$like",
                "filter.unknown_operator");
    }

    @Test
    void includesWhatIsAskedFor() {
        search("{\"query\": \"leaves\", \"vector\": [1, 0, 0], \"limit\": 1, \"include\": [\"chunk\", \"highlights\"]}")
                .body("items[0]", not(hasKey("document")))
                .body("items[0].chunk.ordinal", equalTo(0))
                .body("items[0].chunk.start", equalTo(0))
                .body("items[0].chunk.text", equalTo("Leaves in hot water."))
                .body("items[0].highlights.content[0]", containsString("Leaves"));
        search("{\"query\": \"leaves\", \"mode\": \"keyword\", \"include\": []}")
                .body("items[0].key", equalTo("tea"))
                .body("items[0]", not(hasKey("document")))
                .body("items[0]", not(hasKey("chunk")))
                .body("items[0]", not(hasKey("highlights")))
                .body("items[0]", not(hasKey("explanation")));
    }

    /** A document may have thousands of chunks. */
    @Test
    void aPassageIsReadWithoutAnyVector() throws SQLException {
        Collection owner = world.collection(CollectionSamples.fakeModel());
        collection = owner.name();
        Api.put(collection, "long", "{\"content\": \"%s%s\"}".formatted("ant ".repeat(300), "bee ".repeat(300)));
        world.settle(owner);
        String question = "{\"query\": \"bee\", \"mode\": \"vector\", \"include\": [\"chunk\"]}";
        String before = search(question)
                .body("items[0].chunk.ordinal", greaterThan(0))
                .body("items[0].chunk.text", containsString("bee bee"))
                .extract()
                .asString();
        Database.execute("alter table chunk rename column embedding to embedding_aside");
        try {
            assertThat(search(question).extract().asString()).isEqualTo(before);
        } finally {
            Database.execute("alter table chunk rename column embedding_aside to embedding");
        }
    }

    @Test
    void leavesOutWhatIsNotAlikeEnough() {
        search("{\"vector\": [1, 0, 0], \"minSimilarity\": 0.7}").body("items.key", contains("tea", "coffee"));
    }

    @Test
    void waitsForTheSequence() {
        Response written = json("{\"title\": \"Cocoa\"}").put(documents(collection) + "/cocoa");
        json("{\"query\": \"cocoa\", \"mode\": \"keyword\"}")
                .header("Tandem-Sequence", written.header("Tandem-Sequence"))
                .post(COLLECTIONS + "/" + collection + "/search")
                .then()
                .statusCode(200)
                .body("items.key", contains("cocoa"));
        problem(
                json("{\"query\": \"a\"}")
                        .header("Tandem-Sequence", "-1")
                        .post(COLLECTIONS + "/" + collection + "/search"),
                400,
                "header.tandem_sequence");
    }

    @Test
    void saysThatTheIndexIsBehindWhenItIs() throws SQLException {
        try (Connection running = Database.connect()) {
            running.setAutoCommit(false);
            long sequence = Database.transactionOf(running);
            // PostgreSQL counts to the last transaction that has ended.
            Database.number("select cast(cast(pg_current_xact_id() as text) as bigint)");
            problem(after(sequence), 503, "index.behind").header("Retry-After", "1");
        }
    }

    /** The database was restored, or is another one. To wait would be in vain. */
    @Test
    void refusesASequenceThatNoTransactionHasHad() throws SQLException {
        long next = Database.number("select cast(cast(pg_snapshot_xmax(pg_current_snapshot()) as text) as bigint)");
        for (long unknown : new long[] {next + 1_000_000, 999_999_999_999_999_999L}) {
            problem(after(unknown), 409, "sequence.unknown");
        }
    }

    private Response after(long sequence) {
        return json("{\"query\": \"a\", \"mode\": \"keyword\"}")
                .header("Tandem-Sequence", sequence)
                .post(COLLECTIONS + "/" + collection + "/search");
    }

    @ParameterizedTest
    @CsvSource({"all-minilm-l6-v2, 200", "bge-small-en-v1.5, 480"})
    void findsByMeaningWithAModelByName(String model, int chunkTokens) {
        collection = Api.collection("\"embedding\": {\"model\": \"" + model + "\"}");
        given().get(COLLECTIONS + "/" + collection).then().body("chunking.maxTokens", equalTo(chunkTokens));
        Api.put(collection, "feline", "{\"content\": \"A cat sleeps on the sofa.\"}");
        Api.put(collection, "finance", "{\"content\": \"The bank raised its interest rates.\"}");
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> given().get(COLLECTIONS + "/" + collection + "/stats")
                        .then()
                        .body("embedding.pending", equalTo(0))
                        .body("index.lag", equalTo(0))
                        .body("chunks", equalTo(2)));
        search("{\"query\": \"a resting kitten\", \"mode\": \"vector\", \"limit\": 2, \"include\": [\"chunk\"]}")
                .body("items.key", contains("feline", "finance"))
                .body("items[0].chunk.text", equalTo("A cat sleeps on the sofa."));
        search("{\"query\": \"sofa\"}")
                .body("items[0].key", equalTo("feline"))
                .body("items[0].keywordRank", equalTo(1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                                  | 422 | /query                | search.query.required",
                "{'query': ' '}                                      | 422 | /query                | search.query.required",
                "{'query': 'a', 'mode': 'hybrid'}                    | 422 | /vector               | search.vector.required",
                "{'query': 'a', 'mode': 'magic'}                     | 422 | /mode                 | choice.unknown",
                "{'query': 'a', 'limit': 0}                          | 422 | /limit                | limit.range",
                "{'query': 'a', 'limit': 1001}                       | 422 | /limit                | limit.range",
                "{'query': 'a', 'limit': 2147483648}                 | 400 | /limit                | json.number_range",
                "{'query': 'a', 'limit': 1.5}                        | 400 | /limit                | json.wrong_type",
                "{'query': 'a', 'effort': 0}                         | 422 | /effort               | search.effort",
                "{'query': 'a', 'effort': 1001}                      | 422 | /effort               | search.effort",
                "{'query': 'a', 'effort': 2147483648}                | 400 | /effort               | json.number_range",
                "{'query': 'a', 'effort': '10'}                      | 400 | /effort               | json.wrong_type",
                "{'query': 'a', 'include': ['everything']}           | 422 | /include/0            | choice.unknown",
                "{'query': 'a', 'include': [null]}                   | 400 | /include/0            | json.wrong_type",
                "{'query': 'a', 'fusion': {'type': 'magic'}}         | 422 | /fusion/type          | choice.unknown",
                "{'query': 'a', 'fusion': {'k': 0}}                  | 422 | /fusion/k             | search.fusion.k",
                "{'query': 'a', 'fusion': {'keywordWeight': -1}}     | 422 | /fusion/keywordWeight | search.fusion.weight",
                "{'query': 'a', 'fusion': {'keywordWeight': 1e400}}  | 422 | /fusion/keywordWeight | search.fusion.weight",
                "{'query': 'a', 'minSimilarity': 1e400}              | 422 | /minSimilarity        | search.min_similarity",
                "{'query': 'a', 'minSimilarity': '1'}                | 400 | /minSimilarity        | json.wrong_type",
                "{'query': 'a', 'explain': 'yes'}                    | 400 | /explain              | json.wrong_type",
                "{'query': 'a\\u0000'}                               | 422 | /query                | text.nul",
                "{'query': 'a\\ud800'}                               | 422 | /query                | text.surrogate",
                "{'vector': [1]}                                     | 422 | /vector               | vector.dimensions",
                "{'vector': [0, 0, 0]}                               | 422 | /vector               | vector.zero",
                "{'vector': [1, 2, 1e39]}                            | 422 | /vector/2             | vector.not_finite",
            })
    void refusesQuestionsThatAreNone(String body, int status, String pointer, String code) {
        problem(ask(body.replace('\'', '"')), status, pointer, code);
    }

    @Test
    void searchesNoCollectionThatIsNot() {
        problem(
                json("{\"query\": \"a\"}").post(COLLECTIONS + "/" + Api.freeName() + "/search"),
                404,
                "collection.not_found");
    }

    private ValidatableResponse search(String body) {
        return json(body)
                .config(io.restassured.RestAssured.config()
                        .jsonConfig(io.restassured.config.JsonConfig.jsonConfig()
                                .numberReturnType(NumberReturnType.DOUBLE)))
                .post(COLLECTIONS + "/" + collection + "/search")
                .then()
                .statusCode(200);
    }

    private Response ask(String body) {
        return json(body).post(COLLECTIONS + "/" + collection + "/search");
    }
}
