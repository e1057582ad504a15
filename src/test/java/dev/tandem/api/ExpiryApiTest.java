package dev.tandem.api;

import static dev.tandem.api.Api.COLLECTIONS;
import static dev.tandem.api.Api.documents;
import static dev.tandem.api.Api.json;
import static dev.tandem.api.Api.problem;
import static dev.tandem.testing.Waiting.PATIENCE;
import static dev.tandem.testing.Waiting.get;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import dev.tandem.service.document.ExpiredDocuments;
import dev.tandem.testing.Database;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When documents expire: who says it, and what writes make of a document that has. {@code ExpiredEverywhereApiTest} has the reads. */
@QuarkusTest
class ExpiryApiTest {

    private static final String FAR = "2999-12-31T23:59:59Z";

    @Inject
    ExpiredDocuments expired;

    private String collection = "";
    private String tea = "";

    @BeforeEach
    void addCollection() {
        collection = Api.collection();
        tea = documents(collection) + "/tea";
    }

    @Test
    void aDocumentExpiresAtItsTimeByItself() {
        Instant soon = Instant.now().plusSeconds(2);
        json("{\"title\": \"Tea\", \"expiresAt\": \"" + soon + "\"}")
                .put(tea)
                .then()
                .statusCode(201);
        given().get(tea)
                .then()
                .statusCode(200)
                .body("expiresAt", equalTo(soon.truncatedTo(ChronoUnit.MICROS).toString()));
        await().atMost(PATIENCE).until(() -> given().get(tea).statusCode() == 404);
        assertThat(Instant.now()).isAfterOrEqualTo(soon.minusMillis(500));
        get(expired.sweep());
        given().get(tea + "/revisions")
                .then()
                .statusCode(200)
                .body("items", hasSize(1))
                .body(
                        "items[0].expiredAt",
                        equalTo(soon.truncatedTo(ChronoUnit.MICROS).toString()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2020-01-01T00:00:00Z",
                "2030-01-01",
                "2030-01-01T00:00:00",
                "2030-02-30T00:00:00Z",
                "",
                "tomorrow",
                "9999-12-31T23:59:59-01:00",
                "+10000-01-01T00:00:00Z",
                "P30D"
            })
    void anotherTimeIsRefused(String time) {
        String body = "{\"title\": \"Tea\", \"expiresAt\": \"" + time + "\"}";
        problem(json(body).put(tea), 422, "/expiresAt", "document.expires_at");
        problem(json(body).post(documents(collection)), 422, "/expiresAt", "document.expires_at");
        json("{\"title\": \"Tea\"}").put(tea);
        problem(json(body).patch(tea), 422, "/expiresAt", "document.expires_at");
        String all = "{\"filter\": {}, \"patch\": {\"expiresAt\": \"" + time + "\"}, \"dryRun\": %s}";
        for (String prefer : List.of("", "respond-async")) {
            problem(
                    json(all.formatted(false)).header("Prefer", prefer).post(documents(collection) + ":update"),
                    422,
                    "/patch/expiresAt",
                    "document.expires_at");
        }
        problem(
                json(all.formatted(true)).post(documents(collection) + ":update"),
                422,
                "/patch/expiresAt",
                "document.expires_at");
        given().get(tea).then().body("version", equalTo(1));
    }

    /** It was in time when it was sent first. */
    @Test
    void aChangeByFilterIsAnsweredAgainAfterItsTime() {
        json("{\"title\": \"Tea\"}").put(tea);
        String all =
                "{\"filter\": {}, \"patch\": {\"expiresAt\": \"" + Instant.now().plusSeconds(2) + "\"}}";
        for (String replayed : Arrays.asList(null, "true")) {
            json(all)
                    .header("Idempotency-Key", "soon")
                    .post(documents(collection) + ":update")
                    .then()
                    .statusCode(200)
                    .header("Idempotent-Replayed", equalTo(replayed))
                    .body("updated", equalTo(1));
            await().atMost(PATIENCE).until(() -> given().get(tea).statusCode() == 404);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"17", "true", "[]", "{}"})
    void whatIsNoTextIsMalformed(String value) {
        problem(json("{\"title\": \"Tea\", \"expiresAt\": " + value + "}").put(tea), 400, "json.wrong_type");
        problem(json("{\"expiresAt\": " + value + "}").patch(tea), 400, "json.wrong_type");
    }

    @Test
    void aPatchSpeaksOfItOrLeavesIt() {
        put("{\"title\": \"Tea\", \"expiresAt\": \"2999-01-01T01:00:00+01:00\"}")
                .then()
                .statusCode(201);
        json("{\"title\": \"Green tea\"}").patch(tea).then().body("expiresAt", equalTo("2999-01-01T00:00:00Z"));
        json("{\"expiresAt\": null}").patch(tea).then().body("expiresAt", nullValue());
        json("{\"expiresAt\": \"" + FAR + "\"}").patch(tea).then().body("expiresAt", equalTo(FAR));
        // A put is the whole document.
        put("{\"title\": \"Green tea\"}").then().body("expiresAt", nullValue());
        given().get(tea + "/revisions")
                .then()
                .body("items.version", contains(5, 4, 3, 2, 1))
                .body("items[0].changed", contains("expiry"))
                .body("items[1].changed", contains("expiry"))
                .body("items[3].changed", contains("title"));
        put("{\"title\": \"Green tea\", \"expiresAt\": null}").then().body("version", equalTo(5));
    }

    @Test
    void theCollectionSaysItWhereAWriteDoesNot() {
        collection =
                Api.collection("\"embedding\": {\"model\": \"none\", \"dimensions\": 3}, \"timeToLive\": \"P30D\"");
        tea = documents(collection) + "/tea";
        given().get(COLLECTIONS + "/" + collection).then().body("timeToLive", equalTo("P30D"));
        Instant first = expiry(put("{\"title\": \"Tea\"}"));
        assertThat(first).isCloseTo(Instant.now().plus(Duration.ofDays(30)), within(1, ChronoUnit.MINUTES));
        assertThat(expiry(json("{\"title\": \"Coffee\"}").patch(tea))).isEqualTo(first);
        // Each put counts from its own time.
        assertThat(expiry(put("{\"title\": \"Coffee\"}"))).isAfter(first);
        imported(
                "?mode=upsert",
                "{\"key\": \"a\", \"title\": \"A\"}\n{\"key\": \"b\", \"title\": \"B\", \"expiresAt\": null}");
        assertThat(given().get(documents(collection) + "/a").jsonPath().getString("expiresAt"))
                .isNotNull();
        given().get(documents(collection) + "/b").then().body("expiresAt", nullValue());
        put("{\"title\": \"Tea\", \"expiresAt\": null}").then().body("expiresAt", nullValue());

        json("{\"timeToLive\": \"PT90M\"}")
                .patch(COLLECTIONS + "/" + collection)
                .then()
                .body("timeToLive", equalTo("PT1H30M"));
        given().get(tea).then().body("expiresAt", nullValue()).body("version", equalTo(4));
        assertThat(expiry(json("{\"title\": \"New\"}").post(documents(collection))))
                .isCloseTo(Instant.now().plus(Duration.ofMinutes(90)), within(1, ChronoUnit.MINUTES));
        json("{\"timeToLive\": null}")
                .patch(COLLECTIONS + "/" + collection)
                .then()
                .body("timeToLive", nullValue());
        json("{\"title\": \"New\"}").post(documents(collection)).then().body("expiresAt", nullValue());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "30", "P1M", "PT0.5S", "P36501D", "-P1D", "P99999999999999999999D", "30 days"})
    void aCollectionHasNoOtherTimeToLive(String duration) {
        problem(
                json("{\"timeToLive\": \"" + duration + "\"}").patch(COLLECTIONS + "/" + collection),
                422,
                "/timeToLive",
                "collection.time_to_live");
    }

    @Test
    void anExpiredDocumentCountsAsAbsentForWrites() throws SQLException {
        String id = expired("{\"title\": \"Tea\", \"metadata\": {\"a\": 1}}");
        problem(json("{\"title\": \"x\"}").patch(tea), 404, "document.not_found");
        problem(given().delete(tea), 404, "document.not_found");
        problem(json("{\"title\": \"x\"}").header("If-Match", "\"1\"").put(tea), 412, "precondition.failed");
        json("{\"title\": \"New\"}")
                .header("If-None-Match", "*")
                .put(tea)
                .then()
                .statusCode(201)
                .body("version", equalTo(2))
                .body("id", not(equalTo(id)))
                .body("metadata", equalTo(Map.of()));
        assertThat(Database.column("select ending from revision where document_id = ?", UUID.fromString(id)))
                .containsExactly("EXPIRED");
    }

    @Test
    void itsKeyIsFree() throws SQLException {
        String id = expired("{\"title\": \"Tea\"}");
        String again = json("{\"key\": \"tea\", \"title\": \"New\"}")
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .post(documents(collection))
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        assertThat(again).isNotEqualTo(id);
        problem(json("{\"key\": \"tea\", \"title\": \"New\"}").post(documents(collection)), 409, "document.key.taken");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void itsHistoryIsThatOfADeletedOne(boolean isSwept) throws SQLException {
        put("{\"title\": \"First\", \"expiresAt\": \"" + FAR + "\"}");
        String id = expired("{\"title\": \"Tea\"}");
        if (isSwept) {
            get(expired.sweep());
        }
        assertThat(rows(id)).isEqualTo(isSwept ? 0 : 1);
        given().get(tea + "/revisions")
                .then()
                .statusCode(200)
                .body("items.version", contains(2, 1))
                .body("items[0].containsKey('expiredAt')", equalTo(true))
                .body("items[0].containsKey('deletedAt')", equalTo(false))
                .body("items[1].containsKey('expiredAt')", equalTo(false));
        given().get(tea + "/revisions/2").then().statusCode(200).body("title", equalTo("Tea"));
        // The time of the second version is over, that of the first is not.
        plain().post(tea + "/revisions/2:restore")
                .then()
                .statusCode(201)
                .body("version", equalTo(3))
                .body("id", equalTo(id))
                .body("title", equalTo("Tea"))
                .body("expiresAt", nullValue());
        plain().post(tea + "/revisions/1:restore")
                .then()
                .statusCode(200)
                .body("title", equalTo("First"))
                .body("expiresAt", equalTo(FAR));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void nothingIsKeptWhereNoHistoryIs(boolean isSwept) throws SQLException {
        collection = Api.collection(
                "\"embedding\": {\"model\": \"none\", \"dimensions\": 3}, \"history\": {\"maxVersions\": 0}");
        tea = documents(collection) + "/tea";
        expired("{\"title\": \"Tea\"}");
        if (isSwept) {
            get(expired.sweep());
        }
        problem(given().get(tea + "/revisions"), 404, "document.not_found");
        problem(plain().post(tea + "/revisions/1:restore"), 404, "document.not_found");
    }

    @Test
    void anImportFindsItAbsent() throws SQLException {
        expired("{\"title\": \"Tea\"}");
        assertThat(imported("?mode=merge", "{\"key\": \"tea\", \"title\": \"x\"}")
                        .asString())
                .contains("\"code\":\"document.not_found\"");
        expired("{\"title\": \"Tea\"}");
        assertThat(imported("?mode=create&results=all", "{\"key\": \"tea\", \"title\": \"x\", \"ifVersion\": 0}")
                        .asString())
                .contains("\"status\":201");
        given().get(tea).then().body("title", equalTo("x")).body("version", equalTo(3));
    }

    @Test
    void linesAndColumnsSayIt() {
        put("{\"title\": \"Tea\", \"expiresAt\": \"" + FAR + "\"}");
        json("{\"title\": \"Rice\"}").put(documents(collection) + "/rice");
        String lines = plain().get(documents(collection) + ":export").asString();
        String rows = plain().header("Accept", "text/csv")
                .get(documents(collection) + ":export?columns=key,title,expiresAt")
                .asString();
        assertThat(rows).contains("tea,Tea," + FAR + "\r\n").contains("rice,Rice,\r\n");
        String nulls = plain().header("Accept", "text/csv")
                .get(documents(collection) + ":export?columns=key,title,expiresAt:json")
                .asString();
        collection = Api.collection("\"embedding\": {\"model\": \"none\", \"dimensions\": 3}, \"timeToLive\": \"P1D\"");
        for (String again : new String[] {lines, nulls}) {
            plain().contentType(again.startsWith("{") ? "application/x-ndjson" : "text/csv; charset=UTF-8")
                    .body(again.getBytes(StandardCharsets.UTF_8))
                    .post(documents(collection) + ":import?mode=upsert")
                    .then()
                    .statusCode(200);
            given().get(documents(collection) + "/tea").then().body("expiresAt", equalTo(FAR));
            given().get(documents(collection) + "/rice").then().body("expiresAt", nullValue());
        }
        imported("?mode=merge", "{\"key\": \"tea\", \"expiresAt\": null}");
        given().get(documents(collection) + "/tea").then().body("expiresAt", nullValue());
        assertThat(imported("?mode=merge", "{\"key\": \"tea\", \"expiresAt\": \"2020-01-01T00:00:00Z\"}")
                        .asString())
                .contains("\"pointer\":\"/expiresAt\",\"code\":\"document.expires_at\"");
    }

    @Test
    void aFilterGivesManyATime() {
        put("{\"title\": \"Tea\", \"metadata\": {\"old\": true}}");
        json("{\"filter\": {\"old\": true}, \"patch\": {\"expiresAt\": \"" + FAR + "\"}}")
                .post(documents(collection) + ":update")
                .then()
                .statusCode(200);
        given().get(tea).then().body("expiresAt", equalTo(FAR));
        problem(
                json("{\"filter\": {\"old\": true}, \"patch\": {\"expiresAt\": \"soon\"}}")
                        .post(documents(collection) + ":update"),
                422,
                "/patch/expiresAt",
                "document.expires_at");
    }

    private static RequestSpecification plain() {
        return given().urlEncodingEnabled(false);
    }

    private Response put(String body) {
        return json(body).put(tea);
    }

    private Response imported(String query, String lines) {
        Response answer = plain().contentType("application/x-ndjson")
                .body(lines.getBytes(StandardCharsets.UTF_8))
                .post(documents(collection) + ":import" + query);
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
        return answer;
    }

    private static Instant expiry(Response answer) {
        return Instant.parse(new JsonPath(answer.asString()).getString("expiresAt"));
    }

    /** Puts a document whose time is over, and whose row is still there; returns its id. */
    private String expired(String body) throws SQLException {
        String id = put(body).path("id");
        Database.execute(
                "update document set expires_at = now() - interval '1 second' where id = ?", UUID.fromString(id));
        return id;
    }

    private static long rows(String id) throws SQLException {
        return Database.number("select count(*) from document where id = ?", UUID.fromString(id));
    }
}
