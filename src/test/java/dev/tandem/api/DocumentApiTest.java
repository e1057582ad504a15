package dev.tandem.api;

import static dev.tandem.api.Api.documents;
import static dev.tandem.api.Api.json;
import static dev.tandem.api.Api.problem;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class DocumentApiTest {

    private static final String TEA = """
            {"key": "tea", "title": "Tea", "content": "Leaves in water.", "metadata": {"year": 2024, "tags": ["drink"], "none": null},
             "vector": [1, 2, 3]}
            """;

    private String collection = "";
    private String documents = "";

    @BeforeEach
    void create() {
        collection = Api.collection();
        documents = documents(collection);
    }

    @Test
    void createsUnderTheCallersKey() {
        json(TEA)
                .post(documents)
                .then()
                .statusCode(201)
                .header("Location", documents + "/tea")
                .header("ETag", "\"1\"")
                .header("Tandem-Sequence", matchesPattern("[0-9]+"))
                .body("id", notNullValue())
                .body("key", equalTo("tea"))
                .body("metadata.year", equalTo(2024))
                .body("metadata.tags", hasItem("drink"))
                .body("version", equalTo(1))
                .body("$", not(org.hamcrest.Matchers.hasKey("vector")));
        problem(json(TEA).post(documents), 409, "document.key.taken");
    }

    @Test
    void givesAKeyToWhatHasNone() {
        Response created = json("{\"title\": \"a\"}").post(documents);
        created.then().statusCode(201);
        String key = created.path("key");
        created.then().body("id", equalTo(key)).header("Location", documents + "/" + key);
    }

    @Test
    void putCreatesAndReplacesAndLeavesWhatIsTheSame() {
        json(TEA).put(documents + "/tea").then().statusCode(201).header("ETag", "\"1\"");
        json("{\"title\": \"Coffee\", \"vector\": null}")
                .put(documents + "/tea")
                .then()
                .statusCode(200)
                .header("ETag", "\"2\"")
                .header("Tandem-Sequence", notNullValue())
                .body("title", equalTo("Coffee"))
                .body("content", nullValue())
                .body("metadata.size()", equalTo(0));
        json("{\"title\": \"Coffee\"}")
                .put(documents + "/tea")
                .then()
                .statusCode(200)
                .header("ETag", "\"2\"")
                .header("Tandem-Sequence", nullValue());
        problem(
                json("{\"key\": \"other\", \"title\": \"a\"}").put(documents + "/tea"),
                422,
                "/key",
                "document.key.immutable");
    }

    @Test
    void putTakesConditions() {
        json(TEA).header("If-None-Match", "*").put(documents + "/tea").then().statusCode(201);
        problem(json(TEA).header("If-None-Match", "*").put(documents + "/tea"), 412, "precondition.failed")
                .header("ETag", "\"1\"");
        json("{\"title\": \"a\", \"vector\": null}")
                .header("If-Match", "\"1\"")
                .put(documents + "/tea")
                .then()
                .statusCode(200);
        problem(
                        json("{\"title\": \"b\"}").header("If-Match", "\"1\"").put(documents + "/tea"),
                        412,
                        "precondition.failed")
                .header("ETag", "\"2\"")
                .body("currentVersion", equalTo(2));
        json("{\"title\": \"b\"}")
                .header("If-Match", "\"9\", \"2\"")
                .put(documents + "/tea")
                .then()
                .statusCode(200);
        json("{\"title\": \"c\"}")
                .header("If-Match", "*")
                .put(documents + "/tea")
                .then()
                .statusCode(200);
        problem(json("{\"title\": \"c\"}").header("If-Match", "*").put(documents + "/none"), 412, "precondition.failed")
                .header("ETag", nullValue())
                .body("currentVersion", nullValue());
    }

    @Test
    void demandsAConditionWhereTheCollectionDoes() {
        String strict = documents(Api.collection("\"requireIfMatch\": true")) + "/tea";
        json("{\"title\": \"a\"}").put(strict).then().statusCode(201);
        problem(json("{\"title\": \"b\"}").put(strict), 428, "precondition.required")
                .header("ETag", "\"1\"");
        problem(json("{\"title\": \"b\"}").patch(strict), 428, "precondition.required");
        problem(given().delete(strict), 428, "precondition.required");
        json("{\"title\": \"b\"}")
                .header("If-Match", "\"1\"")
                .patch(strict)
                .then()
                .statusCode(200);
        given().header("If-Match", "\"2\"").delete(strict).then().statusCode(204);
    }

    @Test
    void reads() {
        json(TEA).post(documents).then().statusCode(201);
        String tea = documents + "/tea";
        given().get(tea).then().statusCode(200).header("ETag", "\"1\"").body("title", equalTo("Tea"));
        given().head(tea).then().statusCode(200).header("ETag", "\"1\"").body(equalTo(""));
        given().header("If-None-Match", "\"1\"").get(tea).then().statusCode(304).header("ETag", "\"1\"");
        given().header("If-None-Match", "\"2\"").get(tea).then().statusCode(200);
        problem(given().get(documents + "/coffee"), 404, "document.not_found");
        problem(given().get(documents(Api.freeName()) + "/tea"), 404, "collection.not_found");
        given().head(documents + "/coffee").then().statusCode(404);
    }

    @Test
    void patchesWhatThePatchSays() {
        json(TEA).post(documents).then().statusCode(201);
        given().contentType("application/merge-patch+json")
                .body(
                        "{\"title\": null, \"metadata\": {\"year\": 2025, \"none\": 1, \"tags\": null}, \"vector\": [3, 2, 1]}")
                .patch(documents + "/tea")
                .then()
                .statusCode(200)
                .header("ETag", "\"2\"")
                .body("title", nullValue())
                .body("content", equalTo("Leaves in water."))
                .body("metadata.year", equalTo(2025))
                .body("metadata.none", equalTo(1))
                .body("metadata.size()", equalTo(2));
        problem(
                json("{\"title\": \"b\"}").header("If-Match", "\"1\"").patch(documents + "/tea"),
                412,
                "precondition.failed");
        problem(json("{\"title\": \"b\"}").patch(documents + "/coffee"), 404, "document.not_found");
        problem(json("{\"title\": 1}").patch(documents + "/tea"), 400, "/title", "json.wrong_type");
        problem(json("{\"key\": \"coffee\"}").patch(documents + "/tea"), 422, "/key", "document.key.immutable");
        problem(json("{\"content\": null, \"vector\": null}").patch(documents + "/tea"), 422, "", "document.empty");
    }

    @Test
    void aPatchKeepsTheCallersVector() {
        json(TEA).post(documents).then().statusCode(201);
        json("{\"metadata\": {\"year\": 1}}")
                .header("Prefer", "wait=60")
                .patch(documents + "/tea")
                .then()
                .statusCode(200);
        json("{\"vector\": [1, 2, 3]}")
                .post(Api.COLLECTIONS + "/" + collection + "/search")
                .then()
                .statusCode(200)
                .body("items.key", hasItem("tea"));
    }

    @Test
    void deletes() {
        json(TEA).post(documents).then().statusCode(201);
        problem(given().header("If-Match", "\"2\"").delete(documents + "/tea"), 412, "precondition.failed");
        given().delete(documents + "/tea")
                .then()
                .statusCode(204)
                .header("Tandem-Sequence", notNullValue())
                .body(equalTo(""));
        problem(given().delete(documents + "/tea"), 404, "document.not_found");
        json(TEA).post(documents).then().statusCode(201).header("ETag", "\"2\"");
    }

    @Test
    void waitsUntilSearchesShowIt() {
        json(TEA)
                .header("Prefer", "respond-async, wait=60")
                .post(documents)
                .then()
                .statusCode(201)
                .header("Preference-Applied", "wait=60");
        given().header("Prefer", "wait=60")
                .delete(documents + "/tea")
                .then()
                .statusCode(204)
                .header("Preference-Applied", "wait=60");
        // An unknown preference is not waited for.
        json(TEA)
                .header("Prefer", "wait=abc")
                .post(documents)
                .then()
                .statusCode(201)
                .header("Preference-Applied", nullValue());
    }

    @Test
    void checksMetadataAgainstTheSchema() {
        String strict = documents(Api.collection("""
                "metadataSchema": {"type": "object", "required": ["year"], "properties":
                    {"year": {"type": "integer"}, "authors": {"type": "array", "items": {"type": "string"}}}}"""));
        json("{\"title\": \"a\", \"metadata\": {\"year\": 2024}}")
                .post(strict)
                .then()
                .statusCode(201);
        problem(
                        json("{\"title\": \"a\", \"metadata\": {\"year\": \"2024\", \"authors\": [\"x\", 2]}}")
                                .post(strict),
                        422,
                        "request.rejected")
                .body("errors.pointer", org.hamcrest.Matchers.hasItems("/metadata/year", "/metadata/authors/1"));
        problem(json("{\"title\": \"a\"}").post(strict), 422, "request.rejected");
    }
}
