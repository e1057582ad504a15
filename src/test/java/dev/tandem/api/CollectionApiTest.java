package dev.tandem.api;

import static dev.tandem.api.Api.COLLECTIONS;
import static dev.tandem.api.Api.json;
import static dev.tandem.api.Api.problem;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
class CollectionApiTest {

    @Test
    void createsWithDefaultsAndSaysWhere() {
        String name = Api.freeName();
        json("{\"name\": \"%s\"}".formatted(name))
                .post(COLLECTIONS)
                .then()
                .statusCode(201)
                .header("Location", COLLECTIONS + "/" + name)
                .header("ETag", "\"1\"")
                .body("name", equalTo(name))
                .body("description", nullValue())
                .body("embedding.model", equalTo("all-minilm-l6-v2"))
                .body("embedding.dimensions", equalTo(384))
                .body("embedding.metric", equalTo("cosine"))
                .body("chunking.maxTokens", equalTo(200))
                .body("chunking.overlapTokens", equalTo(20))
                .body("language", equalTo("english"))
                .body("metadataSchema", nullValue())
                .body("requireIfMatch", equalTo(false))
                .body("version", equalTo(1));
        given().get(COLLECTIONS + "/" + name).then().statusCode(200).body("name", equalTo(name));
    }

    @Test
    void refusesANameThatIsTaken() {
        String name = Api.collection();
        problem(json("{\"name\": \"%s\"}".formatted(name)).post(COLLECTIONS), 409, "collection.name.taken");
    }

    @Test
    void namesEveryBrokenRuleAtOnce() {
        problem(
                        json("{\"name\": \"Upper Case\", \"language\": \"klingon\", \"chunking\": {\"maxTokens\": 1}}")
                                .post(COLLECTIONS),
                        422,
                        "request.rejected")
                .body("errors.pointer", org.hamcrest.Matchers.hasItems("/name", "/language", "/chunking/maxTokens"));
    }

    @Test
    void listsByNameToTheEndByFollowingTheLinks() {
        String prefix = Api.freeName();
        IntStream.range(0, 5).forEach(i -> json("{\"name\": \"%s-%d\"}".formatted(prefix, i))
                .post(COLLECTIONS)
                .then()
                .statusCode(201));
        List<String> names = new ArrayList<>();
        String next = COLLECTIONS + "?limit=2";
        while (next != null) {
            Response page = given().urlEncodingEnabled(false).get(next);
            page.then().statusCode(200);
            names.addAll(page.path("items.name"));
            String cursor = page.path("nextCursor");
            String link = page.header("Link");
            assertThat(link == null).isEqualTo(cursor == null);
            next = link == null ? null : link.substring(1, link.indexOf('>'));
        }
        assertThat(names).doesNotHaveDuplicates().isSorted();
        assertThat(names.stream().filter(name -> name.startsWith(prefix))).hasSize(5);
    }

    @Test
    void answersNotModifiedToWhoeverHasIt() {
        String collection = COLLECTIONS + "/" + Api.collection();
        given().header("If-None-Match", "\"1\"")
                .get(collection)
                .then()
                .statusCode(304)
                .header("ETag", "\"1\"");
        given().header("If-None-Match", "\"7\", W/\"1\"").get(collection).then().statusCode(304);
        given().header("If-None-Match", "\"2\"").get(collection).then().statusCode(200);
        given().header("If-None-Match", "*").get(collection).then().statusCode(304);
        problem(given().get(COLLECTIONS + "/" + Api.freeName()), 404, "collection.not_found");
    }

    @Test
    void replacesTheDescriptionButKeepsTheEmbedding() {
        String collection = COLLECTIONS + "/" + Api.collection("\"description\": \"old\", \"language\": \"german\"");
        json("{\"description\": \"new\"}")
                .put(collection)
                .then()
                .statusCode(200)
                .header("ETag", "\"2\"")
                .body("description", equalTo("new"))
                .body("language", equalTo("english"))
                .body("version", equalTo(2));
        json("{\"description\": \"new\"}")
                .put(collection)
                .then()
                .statusCode(200)
                .header("ETag", "\"2\"");
        problem(json("{\"name\": \"other\"}").put(collection), 422, "/name", "collection.name.immutable");
        problem(json("{}").put(COLLECTIONS + "/" + Api.freeName()), 404, "collection.not_found");
    }

    @Test
    void patchesWhatThePatchSays() {
        String collection = COLLECTIONS + "/" + Api.collection("\"description\": \"old\", \"language\": \"german\"");
        given().contentType("application/merge-patch+json")
                .body("{\"description\": null, \"requireIfMatch\": true}")
                .patch(collection)
                .then()
                .statusCode(200)
                .body("description", nullValue())
                .body("language", equalTo("german"))
                .body("requireIfMatch", equalTo(true))
                .body("version", equalTo(2));
        problem(json("{\"requireIfMatch\": \"yes\"}").patch(collection), 400, "json.wrong_type");
        problem(json("{\"colour\": 1}").patch(collection), 400, "json.unknown_field");
        problem(json("[]").patch(collection), 400, "json.wrong_type");
    }

    @Test
    void changesOnlyTheVersionThatTheCallerHasSeen() {
        String collection = COLLECTIONS + "/" + Api.collection();
        json("{\"description\": \"a\"}")
                .header("If-Match", "\"1\"")
                .put(collection)
                .then()
                .statusCode(200);
        problem(
                        json("{\"description\": \"b\"}")
                                .header("If-Match", "\"1\"")
                                .put(collection),
                        412,
                        "precondition.failed")
                .header("ETag", "\"2\"")
                .body("currentVersion", equalTo(2));
        problem(
                json("{\"description\": \"b\"}").header("If-Match", "\"1\"").patch(collection),
                412,
                "precondition.failed");
        problem(given().header("If-Match", "\"1\"").delete(collection), 412, "precondition.failed");
        given().header("If-Match", "\"2\"").delete(collection).then().statusCode(204);
    }

    @Test
    void deletesWithEverythingInIt() {
        String name = Api.collection();
        json("{\"vector\": [1, 2, 3]}").post(Api.documents(name)).then().statusCode(201);
        given().delete(COLLECTIONS + "/" + name).then().statusCode(204).body(equalTo(""));
        problem(given().delete(COLLECTIONS + "/" + name), 404, "collection.not_found");
        problem(given().get(Api.documents(name)), 404, "collection.not_found");
        problem(json("{\"title\": \"late\"}").post(Api.documents(name)), 404, "collection.not_found");
        problem(given().get(COLLECTIONS + "/" + name + "/stats"), 404, "collection.not_found");
        json("{\"name\": \"%s\"}".formatted(name)).post(COLLECTIONS).then().statusCode(201);
        given().get(Api.documents(name)).then().statusCode(200).body("items", hasSize(0));
    }

    @Test
    void countsDocumentsAndWhatIsStillToBeDone() {
        String name = Api.collection();
        Api.put(name, "a", "{\"vector\": [1, 2, 3]}");
        Api.put(name, "b", "{\"title\": \"no vector\"}");
        given().get(COLLECTIONS + "/" + name + "/stats")
                .then()
                .statusCode(200)
                .body("documents", equalTo(2))
                .body("chunks", equalTo(1))
                .body("embedding.pending", equalTo(0))
                .body("embedding.parked", equalTo(0))
                .body("index.engine", equalTo("lucene"))
                .body("index.lag", equalTo(0));
    }
}
