package dev.tandem.api;

import static dev.tandem.api.Api.documents;
import static dev.tandem.api.Api.json;
import static dev.tandem.api.Api.problem;
import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a filter means, it means wherever it is given. */
@QuarkusTest
class FilterApiTest {

    private static final String SCHEMA = """
            "metadataSchema": {"properties": {"at": {"type": "string", "format": "date-time"}}}""";

    private static final String MUNICH = "{\"lat\": 48.137154, \"lon\": 11.576124}";
    private static final String BERLIN = "{\"lat\": 52.520008, \"lon\": 13.404954, \"name\": \"Berlin\"}";
    private static final String FIJI = "{\"lat\": -17.8, \"lon\": 179.9}";

    private static String collection() {
        String collection = Api.collection("\"embedding\": {\"model\": \"none\", \"dimensions\": 3}, " + SCHEMA);
        put(collection, "keep", "2024-05-01T14:30:00.000Z", "Keep", MUNICH);
        put(collection, "plus", "2024-05-01T16:30:00+02:00", "Plus", "[" + BERLIN + ", " + FIJI + "]");
        put(collection, "before", "2024-05-01T14:29:59.999999Z", "Before", FIJI);
        put(collection, "after", "2024-05-01T14:30:00.000001Z", "After", "{\"lat\": 91, \"lon\": \"11.58\"}");
        return collection;
    }

    private static void put(String collection, String key, String date, String title, String place) {
        Api.put(collection, key, """
                {"title": "%s", "content": "word", "metadata": {"at": "%s", "raw": "%s", "key": "no",
                 "parts": [{"name": "%s", "n": 1, "on": "%s"}, {"name": "other", "n": 2, "key": "no"}],
                 "place": %s}}""".formatted(title, date, date, title, date, place));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"$key": {"$nin": ["keep"]}}                                    | after, before, plus
            {"$key": {"$startsWith": "b"}}                                  | before
            {"$key": {"$gt": "before", "$lte": "plus"}}                     | keep, plus
            {"$or": [{"$key": "keep"}, {"$title": "Plus"}]}                 | keep, plus
            {"$not": {"$title": {"$contains": "e"}}}                        | plus
            {"$title": null}                                                |
            {"$version": {"$gte": 1.0}}                                     | after, before, keep, plus
            {"$version": {"$ne": 1}}                                        |
            {"$createdAt": {"$lt": "2020-01-01T00:00:00Z"}}                 |
            {"$updatedAt": {"$gte": "2020-01-01T00:00:00+14:00"}, "$key": "keep"} | keep
            {"at": {"$gte": "2024-05-01T14:30:00Z"}}                        | after, keep, plus
            {"at": {"$gt": "2024-05-01T14:30:00Z"}}                         | after
            {"at": "2024-05-01T17:30:00.0+03:00"}                           | keep, plus
            {"at": {"$nin": ["2024-05-01T14:30:00+00:00"]}}                 | after, before
            {"raw": {"$lt": {"$date": "2024-05-01T14:30:00Z"}}}             | before
            {"raw": {"$date": "2024-05-01T14:30:00Z"}, "key": "no"}         | keep, plus
            {"$and": [{"raw": {"$lte": {"$date": "2024-05-01T14:30:00Z"}}}, {"$key": {"$ne": "keep"}}]} | before, plus
            {"parts.name": "Keep", "parts.n": 2}                            | keep
            {"parts": {"$elemMatch": {"name": "Keep", "n": 2}}}             |
            {"parts": {"$elemMatch": {"name": "Keep", "n": {"$lt": 2}}}}    | keep
            {"parts": {"$not": {"$elemMatch": {"name": {"$in": ["Plus", "Keep"]}}}}} | after, before
            {"parts": {"$elemMatch": {"on": {"$gte": {"$date": "2024-05-01T14:30:00Z"}}, "name": {"$ne": "After"}}}} | keep, plus
            {"parts": {"$elemMatch": {"on": {"$exists": false}, "key": "no"}}, "$key": "plus"} | plus
            {"at": {"$elemMatch": {}}}                                      |
            {"place": {"$near": {"point": {"lat": 48.14, "lon": 11.58}, "radius": 1000}}} | keep
            {"place": {"$near": {"point": {"lat": 48.137154, "lon": 11.576124}, "radius": 505000}}} | keep, plus
            {"place": {"$near": {"point": {"lat": -17.8, "lon": -179.9}, "radius": 22000}}, "$key": {"$ne": "x"}} | before, plus
            {"place": {"$not": {"$near": {"point": {"lat": 0, "lon": 0}, "radius": 1e9}}}} | after
            {"place": {"$box": {"topLeft": {"lat": 50, "lon": 10}, "bottomRight": {"lat": 48.137154, "lon": 12}}}} | keep
            {"place": {"$box": {"topLeft": {"lat": 0, "lon": 179}, "bottomRight": {"lat": -20, "lon": -179}}}} | before, plus
            {"place": {"$elemMatch": {"name": "Berlin", "lat": {"$gt": 50}}}} | plus
            """)
    void everyRouteSelectsTheSame(String filter, String keys) {
        String collection = collection();
        List<String> expected =
                keys == null ? List.of() : Stream.of(keys.split(", ")).sorted().toList();
        assertThat(listed(collection, filter)).isEqualTo(expected);
        assertThat(searched(collection, filter)).isEqualTo(expected);
        assertThat(exported(collection, filter)).isEqualTo(expected);
        given().urlEncodingEnabled(false)
                .queryParam("filter", URLEncoder.encode(filter, UTF_8))
                .queryParam("count", "exact")
                .get(documents(collection))
                .then()
                .statusCode(200)
                .body("count", equalTo(expected.size()));
        if (!filter.contains("\"key\": \"no\"") || filter.contains("$elemMatch")) {
            json("{\"filter\": " + filter + ", \"dryRun\": true}")
                    .post(documents(collection) + ":delete")
                    .then()
                    .statusCode(200)
                    .body("matched", equalTo(expected.size()));
            json("{\"filter\": " + filter + "}")
                    .post(documents(collection) + ":delete")
                    .then()
                    .statusCode(200);
            List<String> left = new ArrayList<>(List.of("after", "before", "keep", "plus"));
            left.removeAll(expected);
            assertThat(listed(collection, "{}")).isEqualTo(left);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"delete", "update"})
    void aChangeRefusesNamesThatMayMeanTheDocument(String verb) {
        String collection = collection();
        String patch = verb.equals("update") ? ", \"patch\": {\"title\": \"x\"}" : "";
        for (String prefer : List.of("handling=strict", "respond-async")) {
            problem(
                            json("{\"filter\": {\"key\": {\"$nin\": [\"keep\"]}}" + patch + "}")
                                    .header("Prefer", prefer)
                                    .post(documents(collection) + ":" + verb),
                            400,
                            "request.malformed")
                    .body("errors[0].code", equalTo("filter.ambiguous_field"))
                    .body("errors[0].pointer", equalTo("/filter/key"))
                    .body("errors[0].message", containsString("$key"));
        }
        assertThat(listed(collection, "{}")).hasSize(4);
        json("{\"filter\": {\"\\\\key\": \"no\"}, \"dryRun\": true" + patch + "}")
                .post(documents(collection) + ":" + verb)
                .then()
                .statusCode(200)
                .body("matched", equalTo(4));
    }

    @Test
    void aJobReadsTheFilterAsTheRequestDid() {
        String collection = collection();
        String job =
                json("{\"filter\": {\"$key\": {\"$nin\": [\"keep\"]}, \"at\": {\"$lte\": \"2024-05-01T14:30:00Z\"}}}")
                        .header("Prefer", "respond-async")
                        .post(documents(collection) + ":delete")
                        .then()
                        .statusCode(202)
                        .extract()
                        .path("id");
        await().until(() -> given().get("/v1/jobs/" + job).path("state").equals("succeeded"));
        assertThat(listed(collection, "{}")).containsExactly("after", "keep");
    }

    private static List<String> listed(String collection, String filter) {
        return given()
                .urlEncodingEnabled(true)
                .queryParam("filter", filter)
                .get(documents(collection))
                .then()
                .statusCode(200)
                .extract()
                .<List<String>>path("items.key")
                .stream()
                .sorted()
                .toList();
    }

    private static List<String> searched(String collection, String filter) {
        return json("{\"query\": \"word\", \"mode\": \"keyword\", \"filter\": " + filter + "}")
                .post(Api.COLLECTIONS + "/" + collection + "/search")
                .then()
                .statusCode(200)
                .extract()
                .<List<String>>path("items.key")
                .stream()
                .sorted()
                .toList();
    }

    private static List<String> exported(String collection, String filter) {
        return given().urlEncodingEnabled(false)
                .queryParam("filter", URLEncoder.encode(filter, UTF_8))
                .get(documents(collection) + ":export")
                .then()
                .statusCode(200)
                .extract()
                .asString()
                .lines()
                .map(line -> new JsonObject(line).getString("key"))
                .sorted()
                .toList();
    }
}
