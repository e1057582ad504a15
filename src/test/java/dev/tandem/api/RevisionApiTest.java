package dev.tandem.api;

import static dev.tandem.api.Api.COLLECTIONS;
import static dev.tandem.api.Api.documents;
import static dev.tandem.api.Api.json;
import static dev.tandem.api.Api.problem;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.tandem.testing.Database;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The revisions of a document: what it was, who changed it, and how to restore it. */
@QuarkusTest
class RevisionApiTest {

    private String collection = "";
    private String tea = "";
    private String revisions = "";

    @BeforeEach
    void addCollection() {
        collection = Api.collection();
        tea = documents(collection) + "/tea";
        revisions = tea + "/revisions";
    }

    @Test
    void tellsOfEachVersionWhoWroteItAndWhatItChanged() {
        put("{\"title\": \"Tea\", \"content\": \"Leaves\", \"metadata\": {\"n\": 1}}", "ada");
        put("{\"title\": \"Green tea\", \"content\": \"Leaves\", \"metadata\": {\"n\": 1}}", "Bob B. <bob@x.org>");
        put(
                "{\"title\": \"Green tea\", \"content\": \"Leaves\", \"metadata\": {\"n\": 2}, \"vector\": [1, 0, 0]}",
                null);
        json("{\"content\": \"Water\", \"vector\": [1, 0, 0]}")
                .header("Tandem-Author", "eve")
                .patch(tea)
                .then()
                .statusCode(200);
        // A write that changes nothing makes no version, whoever the author is.
        json("{\"content\": \"Water\"}")
                .header("Tandem-Author", "mallory")
                .patch(tea)
                .then()
                .statusCode(200);
        given().get(revisions)
                .then()
                .statusCode(200)
                .body("items.version", contains(4, 3, 2, 1))
                .body("items.author", contains("eve", null, "Bob B. <bob@x.org>", "ada"))
                .body("items[0].changed", contains("content"))
                .body("items[1].changed", containsInAnyOrder("metadata", "vector"))
                .body("items[2].changed", contains("title"))
                .body("items[3].changed", nullValue())
                .body("items.writtenAt", hasSize(4))
                .body("items[0].containsKey('deletedAt')", equalTo(false))
                .body("nextCursor", nullValue());
    }

    @Test
    void readsADocumentAsItWas() {
        put("{\"title\": \"Tea\", \"content\": \"Leaves\", \"metadata\": {\"n\": [1, null]}}", null);
        String first = given().get(tea).asString();
        put("{\"title\": \"Coffee\"}", null);
        given().get(revisions + "/1")
                .then()
                .statusCode(200)
                .header("ETag", "\"1\"")
                .body(equalTo(first));
        given().get(revisions + "/2").then().body(equalTo(given().get(tea).asString()));
        problem(given().get(revisions + "/3"), 404, "revision.not_found");
        problem(given().get(revisions + "/0"), 400, "parameter.version");
        problem(given().get(revisions + "/latest"), 400, "parameter.version");
        problem(given().get(documents(collection) + "/none/revisions"), 404, "document.not_found");
        problem(given().get(COLLECTIONS + "/none/documents/tea/revisions"), 404, "collection.not_found");
    }

    @Test
    void pagesThroughTheVersions() {
        for (int version = 1; version <= 5; version++) {
            put("{\"title\": \"" + version + "\"}", null);
        }
        List<Integer> seen = new ArrayList<>();
        String cursor = "";
        while (cursor != null) {
            Response page = given().get(revisions + "?limit=2" + cursor);
            page.then().statusCode(200);
            List<List<String>> changed = page.path("items.changed");
            List<Integer> versions = page.path("items.version");
            for (int i = 0; i < versions.size(); i++) {
                assertThat(changed.get(i)).isEqualTo(versions.get(i) == 1 ? null : List.of("title"));
            }
            seen.addAll(versions);
            String next = page.path("nextCursor");
            cursor = next == null ? null : "&cursor=" + next;
        }
        assertThat(seen).containsExactly(5, 4, 3, 2, 1);
        String cursorOfTea = given().get(revisions + "?limit=2").path("nextCursor");
        Api.put(collection, "rock", "{\"title\": \"Rock\"}");
        problem(given().get(documents(collection) + "/rock/revisions?cursor=" + cursorOfTea), 400, "cursor.foreign");
        problem(given().get(revisions + "?limit=0"), 400, "parameter.limit");
        problem(given().get(revisions + "?page=2"), 400, "parameter.unknown");
    }

    @Test
    void restoresAsANewVersion() {
        put("{\"title\": \"Tea\", \"metadata\": {\"n\": 1}, \"vector\": [1, 0, 0]}", "ada");
        put("{\"title\": \"Coffee\", \"vector\": [0, 1, 0]}", null);
        restore(1, "eve")
                .statusCode(200)
                .header("ETag", "\"3\"")
                .header("Tandem-Sequence", notNullValue())
                .body("title", equalTo("Tea"))
                .body("metadata.n", equalTo(1))
                .body("version", equalTo(3));
        given().get(revisions)
                .then()
                .body("items.version", contains(3, 2, 1))
                .body("items[0].author", equalTo("eve"))
                .body("items[0].changed", containsInAnyOrder("title", "metadata", "vector"));
        assertThat(nearest("[1, 0, 0]")).isEqualTo(1.0);
        // This is already its present state.
        restore(1, null).statusCode(200).header("ETag", "\"3\"").header("Tandem-Sequence", nullValue());
        restore(3, null).statusCode(200).header("ETag", "\"3\"");
        problem(given().urlEncodingEnabled(false).post(revisions + "/9:restore"), 404, "revision.not_found");
    }

    @Test
    void aDeletedDocumentComesBackWithItsHistory() {
        put("{\"title\": \"Tea\", \"vector\": [1, 0, 0]}", "ada");
        put("{\"title\": \"Coffee\", \"vector\": null}", "bob");
        String id = given().get(tea).path("id");
        given().header("Tandem-Author", "eve").delete(tea).then().statusCode(204);
        given().get(tea).then().statusCode(404);
        given().get(revisions)
                .then()
                .statusCode(200)
                .body("items.version", contains(2, 1))
                .body("items[0].deletedAt", notNullValue())
                .body("items[0].deletedBy", equalTo("eve"))
                .body("items[1].containsKey('deletedAt')", equalTo(false));
        given().get(revisions + "/2").then().statusCode(200).body("title", equalTo("Coffee"));

        problem(
                given().urlEncodingEnabled(false).header("If-Match", "\"2\"").post(revisions + "/1:restore"),
                412,
                "precondition.failed");
        restore(1, "zoe")
                .statusCode(201)
                .header("ETag", "\"3\"")
                .body("id", equalTo(id))
                .body("title", equalTo("Tea"));
        assertThat(nearest("[1, 0, 0]")).isEqualTo(1.0);
        given().get(revisions)
                .then()
                .body("items.version", contains(3, 2, 1))
                .body("items[0].author", equalTo("zoe"))
                .body("items[1].deletedBy", equalTo("eve"));
    }

    @Test
    void anotherDocumentUnderTheKeyHasAHistoryOfItsOwn() {
        put("{\"title\": \"Tea\"}", null);
        put("{\"title\": \"Green tea\"}", null);
        given().delete(tea).then().statusCode(204);
        put("{\"title\": \"Rock\"}", null);
        given().get(revisions).then().body("items.version", contains(3));
        problem(given().get(revisions + "/2"), 404, "revision.not_found");
        given().delete(tea).then().statusCode(204);
        given().get(revisions + "/3").then().body("title", equalTo("Rock"));
    }

    @Test
    void restoringKeepsToConditionsAndRules() {
        put("{\"title\": \"Tea\", \"metadata\": {\"n\": \"one\"}}", null);
        put("{\"title\": \"Coffee\", \"metadata\": {\"n\": 2}}", null);
        String restore = revisions + "/1:restore";
        problem(
                given().urlEncodingEnabled(false).header("If-Match", "\"1\"").post(restore),
                412,
                "precondition.failed");
        json("{\"requireIfMatch\": true, \"metadataSchema\": {\"properties\": {\"n\": {\"type\": \"integer\"}}}}")
                .patch(COLLECTIONS + "/" + collection)
                .then()
                .statusCode(200);
        problem(given().urlEncodingEnabled(false).post(restore), 428, "precondition.required");
        problem(
                given().urlEncodingEnabled(false).header("If-Match", "\"2\"").post(restore),
                422,
                "/metadata/n",
                "metadata.schema");
        json("{\"metadataSchema\": null}").patch(COLLECTIONS + "/" + collection);
        given().urlEncodingEnabled(false)
                .header("If-Match", "\"2\"")
                .post(restore)
                .then()
                .statusCode(200)
                .header("ETag", "\"3\"");
    }

    @Test
    void restoringIsDoneOnce() {
        put("{\"title\": \"Tea\"}", null);
        given().delete(tea).then().statusCode(204);
        for (String replayed : new String[] {null, "true"}) {
            given().urlEncodingEnabled(false)
                    .header("Idempotency-Key", "back")
                    .post(revisions + "/1:restore")
                    .then()
                    .statusCode(201)
                    .header("ETag", "\"2\"")
                    .header("Idempotent-Replayed", replayed == null ? nullValue() : equalTo(replayed));
        }
        given().get(revisions).then().body("items.version", contains(2, 1));
    }

    @Test
    void withoutHistoryNothingIsKept() throws SQLException {
        collection = Api.collection(
                "\"embedding\": {\"model\": \"none\", \"dimensions\": 3}, \"history\": {\"maxVersions\": 0}");
        tea = documents(collection) + "/tea";
        put("{\"title\": \"Tea\"}", null);
        put("{\"title\": \"Coffee\"}", null);
        given().get(tea + "/revisions").then().body("items.version", contains(2));
        given().delete(tea).then().statusCode(204);
        problem(given().get(tea + "/revisions"), 404, "document.not_found");
        assertThat(Database.number(
                        "select count(*) from revision join collection on collection.id = collection_id where name = ?",
                        collection))
                .isZero();
    }

    @Test
    void aCollectionTakesItsHistoryAlong() throws SQLException {
        put("{\"title\": \"Tea\"}", null);
        String id = given().get(tea).path("id");
        given().delete(tea).then().statusCode(204);
        given().delete(COLLECTIONS + "/" + collection).then().statusCode(204);
        assertThat(Database.number("select count(*) from revision where document_id = cast(? as uuid)", id))
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"tab\tbed", "umläut"})
    void anAuthorIsPrintable(String author) {
        problem(json("{\"title\": \"Tea\"}").header("Tandem-Author", author).put(tea), 400, "header.tandem_author");
    }

    @Test
    void anAuthorIsNotTooLong() {
        put("{\"title\": \"Tea\"}", "a".repeat(256));
        problem(given().header("Tandem-Author", "a".repeat(257)).delete(tea), 400, "header.tandem_author");
    }

    private void put(String body, String author) {
        var request = json(body);
        if (author != null) {
            request.header("Tandem-Author", author);
        }
        assertThat(request.put(tea).statusCode()).isBetween(200, 201);
    }

    private ValidatableResponse restore(long version, String author) {
        var request = given().urlEncodingEnabled(false).header("Prefer", "wait=60");
        if (author != null) {
            request.header("Tandem-Author", author);
        }
        return request.post(revisions + "/" + version + ":restore").then();
    }

    /** The similarity of the only document to a vector. */
    private double nearest(String vector) {
        Number similarity = json("{\"vector\": " + vector + "}")
                .post(COLLECTIONS + "/" + collection + "/search")
                .then()
                .statusCode(200)
                .body("items", hasSize(1))
                .extract()
                .path("items[0].vectorSimilarity");
        return similarity.doubleValue();
    }
}
