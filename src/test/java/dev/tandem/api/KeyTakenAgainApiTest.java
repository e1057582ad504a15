package dev.tandem.api;

import static dev.tandem.api.Api.COLLECTIONS;
import static dev.tandem.api.Api.documents;
import static dev.tandem.api.Api.json;
import static dev.tandem.api.Api.problem;
import static dev.tandem.testing.Waiting.get;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import dev.tandem.service.document.ExpiredDocuments;
import dev.tandem.testing.Database;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A key whose document is gone, and that another one takes: no version and so no entity tag of the key comes twice. */
@QuarkusTest
class KeyTakenAgainApiTest {

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
    void aPutGoesOnFromTheLastVersion() {
        String first = put("one")
                .then()
                .statusCode(201)
                .header("ETag", "\"1\"")
                .extract()
                .path("id");
        given().delete(tea).then().statusCode(204);
        put("two")
                .then()
                .statusCode(201)
                .header("ETag", "\"2\"")
                .body("version", equalTo(2))
                .body("id", not(equalTo(first)));
        given().header("If-None-Match", "\"1\"").get(tea).then().statusCode(200).body("title", equalTo("two"));
        problem(json(title("three")).header("If-Match", "\"1\"").put(tea), 412, "precondition.failed")
                .header("ETag", "\"2\"");
        put("three").then().statusCode(200).header("ETag", "\"3\"");
        given().delete(tea).then().statusCode(204);
        put("four").then().statusCode(201).header("ETag", "\"4\"");
    }

    @Test
    void itsRevisionsAreItsOwn() {
        put("one");
        put("two");
        given().delete(tea);
        put("three").then().header("ETag", "\"3\"");
        put("four");
        given().get(tea + "/revisions")
                .then()
                .body("items.version", contains(4, 3))
                .body("items[0].changed", contains("title"))
                .body("items[1].changed", nullValue());
        problem(given().get(tea + "/revisions/2"), 404, "revision.not_found");
        problem(given().urlEncodingEnabled(false).post(tea + "/revisions/2:restore"), 404, "revision.not_found");
        given().urlEncodingEnabled(false)
                .post(tea + "/revisions/3:restore")
                .then()
                .statusCode(200)
                .header("ETag", "\"5\"")
                .body("title", equalTo("three"));
    }

    @Test
    void aPostGoesOnToo() {
        put("one");
        given().delete(tea);
        json("{\"key\": \"tea\", \"title\": \"two\"}")
                .post(documents(collection))
                .then()
                .statusCode(201)
                .header("ETag", "\"2\"");
        problem(json("{\"key\": \"tea\", \"title\": \"two\"}").post(documents(collection)), 409, "document.key.taken");
        json("{\"title\": \"nobody's\"}").post(documents(collection)).then().header("ETag", "\"1\"");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatHasExpiredCountsAsWell(boolean isSwept) throws SQLException {
        for (int version = 1; version <= 3; version++) {
            String id = put("again")
                    .then()
                    .statusCode(201)
                    .header("ETag", "\"" + version + "\"")
                    .extract()
                    .path("id");
            expire(id, isSwept);
        }
        json("{\"key\": \"tea\", \"title\": \"x\"}")
                .post(documents(collection))
                .then()
                .header("ETag", "\"4\"");
        expire(given().get(tea).path("id"), isSwept);
        imported("create", line("tea")).then().body(containsString("\"version\":5"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"create", "upsert"})
    void linesOfAnImportGoOnEachFromItsOwn(String mode) {
        put("one");
        put("two");
        put("three");
        given().delete(tea);
        json(title("one")).put(documents(collection) + "/rice");
        given().delete(documents(collection) + "/rice");
        imported(mode, line("water"), line("tea"), line("rice"))
                .then()
                .body(containsString(accepted(1, "water", 1)))
                .body(containsString(accepted(2, "tea", 4)))
                .body(containsString(accepted(3, "rice", 2)));
        imported("upsert", "{\"key\": \"tea\", \"title\": \"stale\", \"ifVersion\": 3}")
                .then()
                .body(containsString("\"status\":412"));
        imported("upsert", "{\"key\": \"tea\", \"title\": \"fresh\", \"ifVersion\": 4}")
                .then()
                .body(containsString("\"version\":5"));
    }

    @Test
    void aDeletionByFilterOrKeysIsADeletion() {
        put("one");
        json("{\"filter\": {}}").post(documents(collection) + ":delete").then().statusCode(200);
        put("two").then().statusCode(201).header("ETag", "\"2\"");
        json("{\"keys\": [\"tea\"]}")
                .post(documents(collection) + ":delete")
                .then()
                .statusCode(200);
        put("three").then().statusCode(201).header("ETag", "\"3\"");
    }

    /** The restored document is the one that was deleted last. */
    @Test
    void aRestoredDocumentGoesOnFromTheLastOfItsKey() {
        put("one");
        given().delete(tea);
        String second = put("two").path("id");
        given().delete(tea);
        given().urlEncodingEnabled(false)
                .post(tea + "/revisions/2:restore")
                .then()
                .statusCode(201)
                .header("ETag", "\"3\"")
                .body("id", equalTo(second));
    }

    /** Documents that earlier releases have made began at 1 again. */
    @Test
    void theHighestVersionOfTheKeyCounts() throws SQLException {
        put("one");
        put("two");
        put("three");
        given().delete(tea);
        String id = put("later").path("id");
        Database.execute("update document set version = 1, text_version = 1 where id = ?", UUID.fromString(id));
        given().delete(tea);
        put("four").then().header("ETag", "\"4\"");
        given().delete(tea);
        Database.execute("delete from revision where document_id <> ? and version > 3", UUID.fromString(id));
        given().urlEncodingEnabled(false)
                .post(tea + "/revisions/1:restore")
                .then()
                .statusCode(201)
                .header("ETag", "\"4\"")
                .body("title", equalTo("later"));
    }

    /** Without the last revision, the version that replaced the newest one is known all the same. */
    @Test
    void aReplacedVersionHadOneAfterIt() {
        put("one");
        put("two");
        json("{\"history\": {\"maxVersions\": 0}}")
                .patch(COLLECTIONS + "/" + collection)
                .then()
                .statusCode(200);
        given().delete(tea).then().statusCode(204);
        put("three").then().header("ETag", "\"3\"");
    }

    @Test
    void whereNoHistoryIsKeptVersionsBeginAgain() {
        collection = Api.collection(
                "\"embedding\": {\"model\": \"none\", \"dimensions\": 3}, \"history\": {\"maxVersions\": 0}");
        tea = documents(collection) + "/tea";
        put("one");
        given().delete(tea);
        put("two").then().statusCode(201).header("ETag", "\"1\"");
    }

    @Test
    void itsVectorsBelongToItsFirstVersion() {
        json("{\"title\": \"one\", \"vector\": [1, 0, 0]}").put(tea);
        given().delete(tea);
        json("{\"title\": \"two\", \"vector\": [0, 1, 0]}")
                .header("Prefer", "wait=60")
                .put(tea)
                .then()
                .header("ETag", "\"2\"")
                .header("Tandem-Embedding", "current");
        json("{\"vector\": [0, 1, 0]}")
                .post(COLLECTIONS + "/" + collection + "/search")
                .then()
                .body("items.key", contains("tea"));
    }

    private Response put(String title) {
        return json(title(title)).put(tea);
    }

    private static String title(String title) {
        return "{\"title\": \"" + title + "\"}";
    }

    private static String line(String key) {
        return "{\"key\": \"" + key + "\", \"title\": \"imported\"}";
    }

    private static String accepted(int line, String key, int version) {
        return "{\"line\":" + line + ",\"key\":\"" + key + "\",\"status\":201,\"outcome\":\"created\",\"version\":"
                + version;
    }

    private Response imported(String mode, String... lines) {
        Response answer = given().urlEncodingEnabled(false)
                .contentType("application/x-ndjson")
                .body(String.join("\n", lines).getBytes(StandardCharsets.UTF_8))
                .post(documents(collection) + ":import?results=all&mode=" + mode);
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
        return answer;
    }

    private void expire(String id, boolean isSwept) throws SQLException {
        Database.execute(
                "update document set expires_at = now() - interval '1 second' where id = ?", UUID.fromString(id));
        if (isSwept) {
            get(expired.sweep());
        }
    }
}
