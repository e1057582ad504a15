package dev.tandem.api;

import static dev.tandem.api.Api.documents;
import static dev.tandem.api.Api.json;
import static dev.tandem.api.Api.problem;
import static dev.tandem.testing.Waiting.PATIENCE;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.tandem.testing.FakeEmbedder;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ParkedApiTest {

    @Inject
    FakeEmbedder embedder;

    private String collection = "";

    @BeforeEach
    void addCollection() {
        embedder.reset();
        collection = Api.collection("\"embedding\": {\"model\": \"fake\"}");
    }

    @AfterEach
    void removeCollection() {
        embedder.reset();
        given().delete("/v1/collections/" + collection);
    }

    @Test
    void listsAndRetries() {
        given().get("/v1/parked")
                .then()
                .statusCode(200)
                .contentType(ContentType.JSON)
                .body("items.key", everyItem(notNullValue()));
        int retried = plain().post("/v1/parked:retry")
                .then()
                .statusCode(200)
                .extract()
                .path("retried");
        assertThat(retried).isNotNegative();
        problem(given().get("/v1/parked?limit=0"), 400, "parameter.limit");
    }

    @Test
    void listsThoseOfACollectionPageByPage() {
        park("a", "b", "c/d");
        List<String> keys = new ArrayList<>();
        String cursor = null;
        do {
            var page = given().get(parked() + "?limit=2" + (cursor == null ? "" : "&cursor=" + cursor))
                    .then()
                    .statusCode(200)
                    .body("items.collection", everyItem(equalTo(collection)))
                    .body("items.attempts", everyItem(equalTo(3)))
                    .body("items.parkedAt", everyItem(notNullValue()))
                    .body("items.error", everyItem(containsString("The fake can't embed poison.")))
                    .extract();
            List<String> found = page.path("items.key");
            keys.addAll(found);
            cursor = page.path("nextCursor");
            assertThat(page.header("Link"))
                    .isEqualTo(
                            cursor == null ? null : "<" + parked() + "?limit=2&cursor=" + cursor + ">; rel=\"next\"");
        } while (cursor != null);
        assertThat(keys).containsExactlyInAnyOrder("a", "b", "c/d");
        problem(given().get(parked() + "?cursor=x"), 400, "cursor.foreign");
        problem(given().get("/v1/collections/nowhere/parked"), 404, "collection.not_found");
    }

    @Test
    void retriesOne() {
        park("a", "c/d");
        embedder.cure();
        plain().post(parked() + "/c%2Fd:retry").then().statusCode(200).body("retried", equalTo(1));
        await().atMost(PATIENCE).untilAsserted(() -> given().get("/v1/collections/" + collection + "/stats")
                .then()
                .body("chunks", equalTo(1))
                .body("embedding.pending", equalTo(0))
                .body("embedding.parked", equalTo(1)));
        problem(plain().post(parked() + "/c%2Fd:retry"), 404, "parked.not_found");
        problem(plain().post(parked() + "/nobody:retry"), 404, "parked.not_found");
    }

    @Test
    void dropsOneWhoseDocumentStays() {
        park("a");
        plain().delete(parked() + "/a").then().statusCode(204);
        given().get(parked()).then().body("items", empty());
        given().get(documents(collection) + "/a").then().statusCode(200);
        await().atMost(PATIENCE).untilAsserted(() -> json("{\"query\": \"poison\", \"mode\": \"keyword\"}")
                .post("/v1/collections/" + collection + "/search")
                .then()
                .body("items", hasSize(1)));
        problem(plain().delete(parked() + "/a"), 404, "parked.not_found");
    }

    @Test
    void statsSayForHowLongTheOldestWaits() {
        embedder.hold();
        json("{\"content\": \"apple\"}")
                .put(documents(collection) + "/a")
                .then()
                .statusCode(201);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(given().get("/v1/collections/" + collection + "/stats")
                        .then()
                        .body("embedding.pending", equalTo(1))
                        .extract()
                        .<Float>path("embedding.oldestPendingSeconds"))
                .isPositive());
        embedder.release();
        await().atMost(PATIENCE).untilAsserted(() -> given().get("/v1/collections/" + collection + "/stats")
                .then()
                .body("embedding.oldestPendingSeconds", nullValue()));
    }

    private void park(String... keys) {
        for (String key : keys) {
            json("{\"content\": \"poison\"}")
                    .put(documents(collection) + "/" + key.replace("/", "%2F"))
                    .then()
                    .statusCode(201);
        }
        await().atMost(PATIENCE).untilAsserted(() -> given().get("/v1/collections/" + collection + "/stats")
                .then()
                .body("embedding.parked", equalTo(keys.length)));
    }

    private String parked() {
        return "/v1/collections/" + collection + "/parked";
    }

    /** Addresses as they are: RestAssured would write the colon %3A. */
    private static RequestSpecification plain() {
        return given().urlEncodingEnabled(false);
    }
}
