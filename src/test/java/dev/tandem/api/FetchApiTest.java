package dev.tandem.api;

import static dev.tandem.api.Api.COLLECTIONS;
import static dev.tandem.api.Api.documents;
import static dev.tandem.api.Api.json;
import static dev.tandem.api.Api.problem;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.testing.Database;
import dev.tandem.testing.Thorough;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Many documents by their keys, in one call. */
@QuarkusTest
class FetchApiTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void answersInTheOrderOfTheKeysAndNamesThoseThatAreMissing() {
        String name = with("a", "b", "c");
        Map<String, Object> one = given().get(documents(name) + "/c").path("");
        fetched(name, List.of("c", "none", "a", "C", "b"))
                .body("items.key", contains("c", "a", "b"))
                .body("items[0]", equalTo(one))
                .body("missing", contains("none", "C"))
                .body("remaining", empty());
    }

    @Test
    void answersEachKeyOnce() {
        String name = with("a", "b");
        fetched(name, List.of("b", "x", "a", "b", "x", "b"))
                .body("items.key", contains("b", "a"))
                .body("missing", contains("x"));
    }

    @Test
    void noKeysAreNoDocuments() {
        String name = with("a");
        fetched(name, List.of()).body("items", empty()).body("missing", empty()).body("remaining", empty());
    }

    @Test
    void takesEveryKeyThatAnAddressTakes() {
        List<String> keys = List.of(
                "p q/ü",
                "a\"b\\c",
                "{x,y}",
                "😀",
                "null",
                "'; drop table document; --",
                "%2F",
                " a ",
                "...",
                "e\u0301",
                "\u00e9",
                "k".repeat(256));
        String name = Api.collection();
        for (String key : keys) {
            json("{\"key\": " + quoted(key) + ", \"title\": \"t\"}")
                    .post(documents(name))
                    .then()
                    .statusCode(201);
        }
        fetched(name, keys).body("items.key", equalTo(keys)).body("missing", empty());
    }

    @Test
    void takesAThousandKeysAndNotOneMore() throws SQLException {
        String name = Api.collection();
        insert(name, 1000, "x");
        List<String> keys =
                new ArrayList<>(IntStream.range(0, 1000).mapToObj(n -> "k" + n).toList());
        Collections.shuffle(keys, new Random(1));
        fetched(name, keys).body("items.key", equalTo(keys));
        keys.add("k0");
        problem(fetch(name, keys), 422, "/keys", "keys.too_many");
    }

    @Test
    void theLongestKeysFitIntoOneBody() {
        String name = with("a");
        List<String> keys = IntStream.range(0, 1000)
                .mapToObj(n -> "語".repeat(252) + (1000 + n))
                .toList();
        fetched(name, keys).body("items", empty()).body("missing", equalTo(keys));
    }

    /** None is left out silently: what does not fit is named, and asking for it goes on. */
    @Thorough
    @Test
    void namesWhatWouldBeTooLarge() throws SQLException {
        String name = Api.collection();
        insert(name, 12, "repeat('x', 900000)");
        List<String> keys =
                new ArrayList<>(IntStream.range(0, 12).mapToObj(n -> "k" + n).toList());
        keys.add(3, "none");
        Response first = fetch(name, keys);
        first.then().statusCode(200).body("missing", contains("none"));
        List<String> found = new ArrayList<>(first.<List<String>>path("items.key"));
        List<String> remaining = first.path("remaining");
        assertThat(found.size()).isBetween(8, 10);
        int calls = 1;
        while (!remaining.isEmpty()) {
            Response next = fetch(name, remaining);
            assertThat(next.<List<String>>path("missing")).isEmpty();
            assertThat(next.<List<String>>path("items.key")).isNotEmpty();
            found.addAll(next.<List<String>>path("items.key"));
            remaining = next.path("remaining");
            calls++;
        }
        keys.remove("none");
        assertThat(found).isEqualTo(keys);
        assertThat(calls).isEqualTo(2);
    }

    @Test
    void readsOneCollectionOnly() {
        String mine = with("a");
        String theirs = with("b");
        fetched(mine, List.of("a", "b")).body("items.key", contains("a")).body("missing", contains("b"));
        fetched(theirs, List.of("a", "b")).body("items.key", contains("b")).body("missing", contains("a"));
        problem(fetch(Api.freeName(), List.of("a")), 404, "collection.not_found");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{}                                       | 422 | /keys      | keys.missing",
                "{'keys': null}                           | 422 | /keys      | keys.missing",
                "{'keys': ['a', '']}                      | 422 | /keys/1    | document.key.blank",
                "{'keys': [' ']}                          | 422 | /keys/0    | document.key.blank",
                "{'keys': ['a', 'b', '..']}               | 422 | /keys/2    | document.key.dots",
                "{'keys': ['a\\u0007']}                   | 422 | /keys/0    | document.key.control",
                "{'keys': ['a\\u0000']}                   | 422 | /keys/0    | text.nul",
                "{'keys': ['a\\ud800']}                   | 422 | /keys/0    | text.surrogate",
                "{'keys': ['a'], 'include': ['chunk']}    | 422 | /include/0 | choice.unknown",
                "{'keys': ['a'], 'include': ['VECTOR']}   | 422 | /include/0 | choice.unknown",
                "{'keys': ['a', null]}                    | 400 | /keys/1    | json.wrong_type",
                "{'keys': ['a', 1]}                       | 400 | /keys/1    | json.wrong_type",
                "{'keys': [['a']]}                        | 400 | /keys/0    | json.wrong_type",
                "{'keys': [{'a': 1}]}                     | 400 | /keys/0    | json.wrong_type",
                "{'keys': 'a'}                            | 400 | /keys      | json.wrong_type",
                "{'keys': {'a': 1}}                       | 400 | /keys      | json.wrong_type",
                "{'keys': ['a'], 'include': 'vector'}     | 400 | /include   | json.wrong_type",
                "{'keys': ['a'], 'include': [null]}       | 400 | /include/0 | json.wrong_type",
                "{'keys': ['a'], 'key': 'a'}              | 400 | /key       | json.unknown_field",
                "{'keys': ['a'], 'keys': ['b']}           | 400 | /keys      | json.duplicate_field",
            })
    void refusesWhatIsNoQuestion(String body, int status, String pointer, String code) {
        problem(json(body.replace('\'', '"')).post(documents(with("a")) + ":get"), status, pointer, code);
    }

    @Test
    void namesEveryBrokenKeyAtOnce() {
        String name = with("a");
        problem(json("""
                                {"keys": ["a", " ", ".", "%s", "a", "b\\u0001"], "include": ["vector", "score"]}
                                """.formatted("k".repeat(257))).post(documents(name) + ":get"), 422, "request.rejected")
                .body("errors.pointer", contains("/keys/1", "/keys/2", "/keys/3", "/keys/5", "/include/1"))
                .body(
                        "errors.code",
                        contains(
                                "document.key.blank",
                                "document.key.dots",
                                "text.too_long",
                                "document.key.control",
                                "choice.unknown"));
    }

    @Test
    void refusesBodiesThatAreNone() {
        String at = documents(with("a")) + ":get";
        problem(json("").post(at), 400, "json.missing");
        problem(json("null").post(at), 400, "json.missing");
        problem(json("[\"a\"]").post(at), 400, "json.wrong_type");
        problem(json("{").post(at), 400, "json.malformed");
        problem(json("a").contentType("text/plain").post(at), 415, "http.unsupported_media_type");
        problem(given().urlEncodingEnabled(false).get(at), 405, "http.method_not_allowed");
        problem(json("{\"keys\": [\"a\"]}").post(at + "?include=vector"), 400, "/include", "parameter.unknown");
        problem(json("{\"keys\": [\"" + "a".repeat(5 << 20) + "\"]}").post(at), 413, "http.content_too_large");
    }

    /** It can be repeated as it is, so that nothing of it is stored, however often it is sent. */
    @Test
    void anIdempotencyKeyIsNotNeeded() throws SQLException {
        String name = Api.collection();
        insert(name, 2, "x");
        String key = UUID.randomUUID().toString();
        for (String asked : List.of("k0", "k0", "k1")) {
            json("{\"keys\": [\"%s\", \"k2\"]}".formatted(asked))
                    .header("Idempotency-Key", key)
                    .post(documents(name) + ":get")
                    .then()
                    .statusCode(200)
                    .body("items.key", contains(asked))
                    .body("missing", contains("k2"));
        }
    }

    private static String with(String... keys) {
        String name = Api.collection();
        for (String key : keys) {
            json("{\"title\": \"t\", \"content\": \"c of %s\", \"metadata\": {\"n\": [1, null]}}".formatted(key))
                    .put(documents(name) + "/" + key)
                    .then()
                    .statusCode(201);
        }
        return name;
    }

    private static ValidatableResponse fetched(String name, List<String> keys) {
        return fetch(name, keys).then().statusCode(200).contentType("application/json");
    }

    private static Response fetch(String name, List<String> keys) {
        return json("{\"keys\": " + quoted(keys) + "}").post(documents(name) + ":get");
    }

    private static String quoted(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** {@code k0}, {@code k1} and so on. */
    private static void insert(String name, int count, String content) throws SQLException {
        Database.execute("""
                insert into document (id, collection_id, key, content, metadata, content_hash, version, text_version,
                                      created_at, updated_at)
                select gen_random_uuid(), collection.id, 'k' || n, %s, '{}', 'none', 1, 1, now(), now()
                from collection, generate_series(0, ? - 1) as n where name = ?
                """.formatted(content.equals("x") ? "'x'" : content), count, name);
        assertThat(given().get(COLLECTIONS + "/" + name + "/stats").<Integer>path("documents"))
                .isEqualTo(count);
    }
}
