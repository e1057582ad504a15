package dev.tandem.api.openapi;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.tandem.api.Api;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the service answers is what its description says: every route once, with all members, and some refusals. */
@QuarkusTest
class AnswersApiTest {

    /** They need a document that could not be embedded, which a test of the parked documents makes. */
    private static final Set<String> NOT_TRIED =
            Set.of("POST /v1/collections/{name}/parked/{key}:retry", "DELETE /v1/collections/{name}/parked/{key}");

    private Description description = new Description(JsonNodeFactory.instance.objectNode());
    private Witness witness = new Witness(description);

    @BeforeEach
    void read() throws Exception {
        description = Description.read();
        witness = new Witness(description);
    }

    @Test
    void everyAnswerIsAsDescribed() {
        String name = Api.freeName();
        String collection = Api.COLLECTIONS + "/" + name;
        String documents = collection + "/documents";
        ok(request().get("/v1/info"), 200);
        keys();
        collections(name, collection);
        documents(documents);
        revisions(documents + "/tea/revisions");
        lists(collection, documents);
        transfer(documents);
        jobs(collection);
        parked(collection);
        refusals(collection, documents);
        ok(request().delete(documents + "/tea"), 204);
        ok(request().delete(collection), 204);
        Set<String> missing = new TreeSet<>(description.operations().keySet());
        missing.removeAll(witness.seen());
        missing.removeAll(NOT_TRIED);
        missing.removeIf(Walk::isElsewhere);
        assertThat(missing).as("routes that were never answered").isEmpty();
    }

    private void keys() {
        Response made = json("{\"name\": \"A\", \"grants\": [{\"collections\": \"a-*\", \"right\": \"read\"}]}")
                .post("/v1/keys");
        ok(made, 201);
        String one = "/v1/keys/" + made.path("id");
        ok(request().get(one), 200);
        ok(request().get("/v1/keys?limit=1"), 200);
        Response rotated = json("{\"overlap\": \"PT1H\"}").post(one + ":rotate");
        ok(rotated, 200);
        ok(
                json("{\"filter\": {\"tenant\": \"a\"}, \"expires\": \"2999-01-01T00:00:00Z\"}")
                        .header("Authorization", "Bearer " + rotated.path("key"))
                        .post("/v1/keys:scope"),
                200);
        ok(request().delete(one), 204);
        ok(request().get("/v1/audit"), 200);
    }

    private void collections(String name, String collection) {
        ok(json("{\"name\": \"%s\"}".formatted(name)).post(Api.COLLECTIONS), 201);
        ok(json("{\"description\": \"Drinks\", \"language\": \"english\"}").put(collection), 200);
        ok(
                json("{\"description\": null, \"metadataSchema\": {\"type\": \"object\"}}")
                        .patch(collection),
                200);
        ok(request().get(collection), 200);
        ok(request().get(Api.COLLECTIONS + "?limit=1"), 200);
        ok(request().get(collection + "/documents?sort=metadata.year"), 200);
        ok(request().get(collection + "/stats"), 200);
        aliases(name, collection);
    }

    private void aliases(String name, String collection) {
        String alias = "/v1/aliases/" + Api.freeName();
        String body = "{\"collection\": \"%s\"}".formatted(name);
        ok(json(body).put(alias), 201);
        ok(json(body).put(alias), 200);
        ok(request().get(alias), 200);
        ok(request().header("If-None-Match", "\"1\"").get(alias), 304);
        ok(request().get("/v1/aliases?limit=1"), 200);
        ok(request().delete(collection), 409);
        ok(request().delete(alias), 204);
        ok(request().delete(alias), 404);
        ok(json("{\"name\": \"%s\"}".formatted(name)).post(collection + ":rename"), 200);
    }

    private void documents(String documents) {
        String tea = "{\"title\": \"Tea\", \"content\": \"Tea is made of leaves.\", \"metadata\": {\"year\": 2024}}";
        ok(json("{\"key\": \"bare\", \"title\": \"Bare\"}").post(documents), 201);
        ok(json(tea).header("Prefer", "wait=20").put(documents + "/tea"), 201);
        ok(json("{\"title\": null, \"metadata\": {\"year\": null}}").patch(documents + "/tea"), 200);
        ok(json(tea).header("Tandem-Author", "ada").header("Prefer", "wait=20").put(documents + "/tea"), 200);
        ok(request().get(documents + "/tea"), 200);
        ok(request().get(documents + "/tea?include=document,vector"), 200);
        ok(
                json("{\"keys\": [\"tea\", \"bare\", \"nothing\"], \"include\": [\"vector\"]}")
                        .post(documents + ":get"),
                200);
        ok(request().header("If-None-Match", "\"3\"").get(documents + "/tea"), 304);
    }

    private void revisions(String revisions) {
        ok(request().get(revisions), 200);
        ok(request().get(revisions + "/1"), 200);
        ok(request().post(revisions + "/2:restore"), 200);
    }

    private void lists(String collection, String documents) {
        ok(request().get(documents + "?count=exact&limit=1"), 200);
        ok(json("{\"count\": \"estimated\", \"sort\": \"-key\"}").post(documents + ":query"), 200);
        ok(json("{\"include\": [\"document\", \"vector\"]}").post(documents + ":query"), 200);
        String include = "\"include\": [\"document\", \"chunk\", \"highlights\", \"vector\"], \"explain\": true";
        ok(json("{\"query\": \"tea leaves\", %s}".formatted(include)).post(collection + "/search"), 200);
        ok(json("{\"query\": \"tea\", \"mode\": \"keyword\", \"include\": []}").post(collection + "/search"), 200);
        ok(json("{\"like\": [{\"key\": \"tea\"}], \"include\": []}").post(collection + "/search"), 200);
        ok(
                json("{\"query\": \"tea\", \"groupBy\": {\"field\": \"year\"}, \"diversity\": {}, \"explain\": true}")
                        .post(collection + "/search"),
                200);
        String facets = """
                {"query": "tea", "facets": {
                  "year": {"top": 3}, "stats": {"field": "year", "stats": true}, "none": {"stats": true},
                  "ranges": {"field": "year", "ranges": [{"to": 2000}, {"from": 2000, "to": 3000}, {"from": 3000}]},
                  "$updatedAt": {"histogram": "week", "timeZone": "Asia/Tokyo"},
                  "dates": {"field": "$createdAt", "ranges": [{"from": "2020-01-01T00:00:00Z"}]}}}
                """;
        ok(json(facets).post(collection + "/search"), 200);
        ok(json(facets.replace("\"query\": \"tea\", ", "")).post(documents + ":facets"), 200);
        ok(
                json("{\"searches\": [{\"query\": \"tea\"}, {\"query\": \"tea\", \"limit\": 0}]}")
                        .post(collection + "/search:batch"),
                200);
        ok(
                json("{\"collections\": [\"%s\"], \"query\": \"tea leaves\", %s}"
                                .formatted(collection.substring(collection.lastIndexOf('/') + 1), include))
                        .post("/v1/search"),
                200);
        ok(json("{\"filter\": {\"$key\": \"none\"}, \"dryRun\": true}").post(documents + ":delete"), 200);
        ok(json("{\"filter\": {\"$key\": \"bare\"}}").post(documents + ":delete"), 200);
        ok(json("{\"keys\": [\"bare\", \"nothing\"]}").post(documents + ":delete"), 200);
        ok(json("{\"filter\": {}, \"patch\": {\"content\": \"New\"}}").post(documents + ":update"), 200);
        ok(
                json("{\"filter\": {}, \"patch\": {\"title\": null, \"content\": null}}")
                        .post(documents + ":update"),
                200);
    }

    private void transfer(String documents) {
        String lines = """
                {"key": "salt", "title": "Salt"}
                {"key": "rice", "titel": "Rice"}
                {"key": "tea", "ifVersion": 99, "title": "Tea"}
                """;
        ok(lines(lines).post(documents + ":import?results=all"), 200);
        ok(
                request()
                        .contentType("application/json")
                        .body("[{\"title\": 1}]")
                        .post(documents + ":import?onError=abort"),
                200);
        ok(request().get(documents + ":export?include=chunks,vectors"), 200);
        ok(request().get(documents + ":export"), 200);
        ok(
                request()
                        .contentType("text/csv; charset=utf-8")
                        .body("key,title\nsalt,Salt\n")
                        .post(documents + ":import"),
                200);
        ok(request().accept("text/csv").get(documents + ":export"), 200);
    }

    private void jobs(String collection) {
        Response started = lines("{\"key\": \"late\", \"title\": \"Late\"}\n{\"key\": \"rice\", \"titel\": \"Rice\"}\n")
                .header("Prefer", "respond-async")
                .post(collection + "/documents:import");
        ok(started, 202);
        String job = "/v1/jobs/" + started.path("id");
        await().atMost(Duration.ofSeconds(60)).until(() -> request().get(job).path("endedAt") != null);
        ok(request().get(job + "/errors"), 200);
        ok(request().get(job + "/events"), 200);
        ok(request().get("/v1/jobs?limit=2&collection=" + collection.substring(Api.COLLECTIONS.length() + 1)), 200);
        ok(request().post(collection + ":reconcile"), 202);
        ok(
                json("{\"name\": \"%s\", \"follow\": false}".formatted(Api.freeName()))
                        .post(collection + ":copy"),
                202);
        ok(request().post(collection + ":rebuild"), 202);
        Response last = request().post(collection + ":reembed");
        ok(last, 202);
        cancel("/v1/jobs/" + last.path("id"), collection);
    }

    /** A job may end before it is canceled, so several are started. */
    private void cancel(String first, String collection) {
        Response answer = request().post(first + ":cancel");
        for (int attempt = 0; attempt < 20 && answer.statusCode() == 409; attempt++) {
            Response started = request().post(collection + ":reconcile");
            answer = request().post("/v1/jobs/" + started.path("id") + ":cancel");
        }
        assertThat(answer.statusCode()).isIn(200, 202);
    }

    private void parked(String collection) {
        ok(request().get("/v1/parked?limit=2"), 200);
        ok(request().get(collection + "/parked"), 200);
        ok(request().post("/v1/parked:retry"), 200);
    }

    private void refusals(String collection, String documents) {
        ok(request().get(documents + "/nothing"), 404);
        ok(request().get(Api.COLLECTIONS + "?limit=0"), 400);
        ok(json("{\"name\": \"Kitchen!\"}").post(Api.COLLECTIONS), 422);
        ok(json("{\"title\": \"Tea\"}").header("If-Match", "\"77\"").put(documents + "/tea"), 412);
        ok(json("{\"filter\": {}, \"maxAffected\": 0}").post(documents + ":delete"), 409);
        ok(request().delete(collection + "/parked/tea"), 404);
        ok(request().contentType("text/plain").body("x").post(documents), 415);
    }

    private RequestSpecification request() {
        return given().urlEncodingEnabled(false).filter(witness);
    }

    private RequestSpecification lines(String lines) {
        return request().contentType("application/x-ndjson").body(lines.getBytes(UTF_8));
    }

    private RequestSpecification json(String body) {
        return Api.json(body).filter(witness);
    }

    private static void ok(Response answer, int status) {
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(status);
    }
}
