package dev.tandem.api;

import static dev.tandem.api.Api.COLLECTIONS;
import static dev.tandem.api.Api.json;
import static dev.tandem.api.Api.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import dev.tandem.testing.Database;
import dev.tandem.testing.Thorough;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class SearchBatchApiTest {

    private static final String TEA = "{\"query\": \"tea\", \"mode\": \"keyword\"}";

    private String collection = "";

    @BeforeEach
    void fill() {
        collection = Api.collection();
        Api.put(collection, "tea", "{\"title\": \"Tea\", \"vector\": [1, 0, 0]}");
        Api.put(collection, "coffee", "{\"title\": \"Coffee\", \"vector\": [0, 1, 0]}");
    }

    @Test
    void answersEachAsIfItWereAlone() {
        JsonPath alone =
                json(TEA).post(COLLECTIONS + "/" + collection + "/search").jsonPath();

        JsonPath answer = batch(
                        TEA, "{\"query\": \"coffee\", \"mode\": \"keyword\"}", "{\"vector\": [0, 1, 0], \"limit\": 1}")
                .then()
                .statusCode(200)
                .body("answers.status", contains(200, 200, 200))
                .body("answers[1].result.items.key", contains("coffee"))
                .body("answers[2].result.items.key", contains("coffee"))
                .extract()
                .jsonPath();

        assertThat(answer.getMap("answers[0].result")).isEqualTo(alone.getMap(""));
    }

    @Test
    void hitsShowTheSameAsAlone() {
        Api.put(
                collection,
                "cocoa",
                "{\"title\": \"Cocoa\", \"content\": \"Hot.\", \"metadata\": {\"a\": {\"b\": [1, 2]}, \"c\": 3}, \"vector\": [0, 0, 1]}");
        for (String shown : List.of(
                "\"explain\": true",
                "\"include\": []",
                "\"include\": [\"title\"]",
                "\"include\": [\"metadata\", \"highlights\"]",
                "\"include\": [\"chunk\", \"vector\"]",
                "\"include\": [\"passages\", \"title\"], \"budget\": {\"tokens\": 100}",
                "\"include\": [], \"groupBy\": {\"field\": \"a.b\"}",
                "\"include\": [], \"facets\": {\"c\": {\"top\": 2}}")) {
            String search = "{\"query\": \"hot cocoa\", \"vector\": [0, 0, 1], \"limit\": 2, " + shown + "}";
            JsonPath alone = json(search)
                    .post(COLLECTIONS + "/" + collection + "/search")
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath();
            assertThat(batch(search).jsonPath().getMap("answers[0].result")).isEqualTo(alone.getMap(""));
        }
    }

    @Test
    void noneFailsBecauseOfAnother() {
        batch(
                        "{\"query\": \"tea\", \"limit\": 0}",
                        "{\"vector\": [1]}",
                        "{\"query\": \"tea\", \"filter\": {\"a\": {\"$no\": 1}}}",
                        TEA)
                .then()
                .statusCode(200)
                .body("answers.status", contains(422, 422, 400, 200))
                .body("answers[0].problem.errors.pointer", contains("/limit"))
                .body("answers[0].problem.instance", is(COLLECTIONS + "/" + collection + "/search:batch"))
                .body("answers[3].result.items.key", contains("tea"));
    }

    @Test
    void whatIsNoSearchFailsByItselfAsItWouldAlone() {
        String deep = "{\"filter\": " + "{\"$not\": ".repeat(101) + "{}" + "}".repeat(101) + "}";
        for (String broken : List.of(
                "{\"foo\": 1}",
                "{\"query\": \"tea\", \"limit\": \"3\"}",
                "{\"limit\": 1.5}",
                "{\"vector\": [\"a\"]}",
                "{\"vector\": [1, [2]], \"query\": \"}]\\\"\"}",
                "{\"include\": [null]}",
                "{\"query\": \"a\", \"query\": \"b\"}",
                "{\"limit\": 1" + "0".repeat(2_000) + "}",
                deep,
                "3",
                "[]",
                "\"tea\"")) {
            JsonPath alone = json(broken)
                    .post(COLLECTIONS + "/" + collection + "/search")
                    .then()
                    .statusCode(400)
                    .extract()
                    .jsonPath();
            JsonPath answer = batch("{\"vector\": [1, 0, 0], \"limit\": 1}", broken, TEA)
                    .then()
                    .statusCode(200)
                    .body("answers.status", contains(200, 400, 200))
                    .body("answers[0].result.items.key", contains("tea"))
                    .body("answers[2].result.items.key", contains("tea"))
                    .extract()
                    .jsonPath();
            assertThat(answer.getString("answers[1].problem.code")).isEqualTo(alone.getString("code"));
            assertThat(answer.getString("answers[1].problem.detail")).isEqualTo(alone.getString("detail"));
            assertThat(answer.getList("answers[1].problem.errors")).isEqualTo(alone.getList("errors"));
        }
        batch(TEA, "null")
                .then()
                .statusCode(200)
                .body("answers.status", contains(200, 400))
                .body("answers[1].problem.code", is("json.wrong_type"));
    }

    @Test
    void whatIsNoListOfSearchesFailsAsAWhole() {
        String broken = "{\"foo\": 1}";
        for (String body : List.of(
                "{\"searches\": {}}",
                "{\"searches\": [" + broken + "], \"more\": 1}",
                "{\"searches\": [" + broken + "], \"searches\": [" + TEA + "]}",
                "{\"searches\": [" + TEA + ", " + broken + "}",
                "{\"searches\": [" + TEA + ", {\"foo\": ]}",
                "{\"searches\": [" + broken + "]} {}",
                "[" + broken + "]",
                "null",
                "")) {
            json(body)
                    .post(COLLECTIONS + "/" + collection + "/search:batch")
                    .then()
                    .statusCode(400);
        }
        batch(Collections.nCopies(65, broken).toArray(String[]::new))
                .then()
                .statusCode(422)
                .body("errors.code", contains("searches.amount"));
        json("{\"searches\": [" + TEA + "]}")
                .header("Tandem-Sequence", "soon")
                .post(COLLECTIONS + "/" + collection + "/search:batch")
                .then()
                .statusCode(400);
    }

    @Test
    void isRefusedAsAWholeIfItIsNone() {
        String tooMany = String.join(",", Collections.nCopies(65, TEA));
        for (String body : new String[] {"{}", "{\"searches\": []}", "{\"searches\": [" + tooMany + "]}"}) {
            json(body)
                    .post(COLLECTIONS + "/" + collection + "/search:batch")
                    .then()
                    .statusCode(422)
                    .body("errors.code", contains("searches.amount"));
        }
        problem(
                json("{\"searches\": [" + TEA + "]}").post(COLLECTIONS + "/no-such/search:batch"),
                404,
                "collection.not_found");
    }

    @Test
    void takesAsManyAsItSays() {
        batch(Collections.nCopies(64, TEA).toArray(String[]::new))
                .then()
                .statusCode(200)
                .body("answers", hasSize(64))
                .body("answers.status", everyItem(is(200)));
    }

    /** 64 answers of 5 documents of a million characters would not fit into memory for everybody. */
    @Thorough
    @Test
    void itsAnswerIsBounded() {
        String content = "word ".repeat(190_000);
        for (int i = 0; i < 5; i++) {
            Api.put(collection, "large-" + i, "{\"content\": \"" + content + "\", \"vector\": [0, 0, 1]}");
        }
        String large = "{\"vector\": [0, 0, 1], \"limit\": 5}";
        batch(large, large, large)
                .then()
                .statusCode(200)
                .body("answers.status", contains(200, 200, 413))
                .body("answers[2].problem.code", is("searches.answer_full"));
    }

    @Test
    void onlyWhatAnAnswerShowsMakesItLarge() throws SQLException {
        for (int i = 0; i < 4; i++) {
            Api.put(
                    collection,
                    "large-" + i,
                    "{\"title\": \"everywhere\", \"content\": \"now\", \"vector\": [0, 0, 1]}");
        }
        Database.execute(
                "update document set content = repeat('x', 800000)"
                        + " from collection where collection_id = collection.id and name = ? and content = 'now'",
                collection);
        for (String included : List.of("title", "highlights")) {
            String search = "{\"query\": \"everywhere\", \"mode\": \"keyword\", \"include\": [\"" + included + "\"]}";
            batch(Collections.nCopies(20, search).toArray(String[]::new))
                    .then()
                    .statusCode(200)
                    .body("answers.status", everyItem(is(200)))
                    .body("answers[19].result.items", hasSize(4));
        }
        String large = "{\"query\": \"everywhere\", \"mode\": \"keyword\"}";
        batch(large, large, large, large)
                .then()
                .statusCode(200)
                .body("answers.status", contains(200, 200, 200, 413))
                .body("answers[3].problem.code", is("searches.answer_full"));
    }

    @Test
    void waitsForTheSequenceInEach() {
        Response written = json("{\"title\": \"Cocoa\"}").put(Api.documents(collection) + "/cocoa");
        json("{\"searches\": [" + TEA + ", {\"query\": \"cocoa\", \"mode\": \"keyword\"}]}")
                .header("Tandem-Sequence", written.header("Tandem-Sequence"))
                .post(COLLECTIONS + "/" + collection + "/search:batch")
                .then()
                .body("answers[1].result.items.key", contains("cocoa"));
    }

    private Response batch(String... searches) {
        return json("{\"searches\": [" + String.join(",", searches) + "]}")
                .post(COLLECTIONS + "/" + collection + "/search:batch");
    }
}
