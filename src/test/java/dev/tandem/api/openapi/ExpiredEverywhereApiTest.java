package dev.tandem.api.openapi;

import static dev.tandem.api.Api.COLLECTIONS;
import static dev.tandem.api.Api.documents;
import static dev.tandem.api.Api.json;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.api.Api;
import dev.tandem.testing.Database;
import dev.tandem.testing.ModelRoutes;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * No route shows a document whose time is over, although its row is still there, and its index entry too. The routes come from the
 * description, so a new one is tested as well, or has to be named here.
 */
@QuarkusTest
class ExpiredEverywhereApiTest {

    /** In every part of the document. */
    private static final String MARK = "samovar";

    /** They show what a document was, as for a deleted one. */
    private static final Set<String> HISTORY = Set.of("listRevisions", "getRevision");

    /** An endless answer about one job. */
    private static final Set<String> OTHERS = Set.of("listenToJob");

    private static final String SEARCH = """
            {"query": "samovar tea", "vector": [1, 0, 0], "mode": "hybrid", "include": ["document", "vector", "chunk", "highlights"]}
            """;

    /** POST routes that read, with bodies that would show the document. */
    private static final Map<String, List<String>> READS = Map.of(
            "search",
            List.of(
                    SEARCH,
                    "{\"query\": \"samovar\"}",
                    "{\"query\": \"samovar\", \"mode\": \"keyword\", \"include\": [\"title\", \"metadata\", \"passages\"], \"passages\": {\"perDocument\": 1}}",
                    "{\"query\": \"samovar\", \"mode\": \"keyword\", \"filter\": {\"kind\": \"samovar\"}}",
                    "{\"vector\": [1, 0, 0], \"include\": [\"vector\"]}",
                    "{\"query\": \"tea\", \"groupBy\": {\"field\": \"kind\"}, \"diversity\": {}}",
                    "{\"query\": \"tea\", \"mode\": \"keyword\", \"facets\": {\"kind\": {\"top\": 10}}, \"include\": []}"),
            "searchSeveral",
            List.of("{\"collections\": [\"COLLECTION\"], \"query\": \"samovar tea\"}"),
            "countFacets",
            List.of("{\"facets\": {\"kind\": {\"top\": 10}}}"),
            "searchBatch",
            List.of("{\"searches\": [" + SEARCH + "]}"),
            "getDocuments",
            List.of(
                    "{\"keys\": [\"samovar\", \"tea\"]}",
                    "{\"keys\": [\"samovar\", \"tea\"], \"include\": [\"vector\"]}"),
            "queryDocuments",
            List.of(
                    "{}",
                    "{\"filter\": {\"kind\": \"samovar\"}}",
                    "{\"sort\": \"-metadata.kind,title\"}",
                    "{\"include\": [\"vector\"]}",
                    "{\"sort\": \"title\", \"include\": [\"vector\"]}"));

    /** POST routes that only write. */
    private static final Set<String> WRITES = Set.of(
            "createCollection",
            "copyCollection",
            "createDocument",
            "createKey",
            "cancelJob",
            "deleteDocuments",
            "updateDocuments",
            "importDocuments",
            "rebuildCollection",
            "renameCollection",
            "reconcileCollection",
            "reembedCollection",
            "restoreRevision",
            "retryParked",
            "retryParkedDocument",
            "rotateKey",
            "scopeKey");

    private String collection = "";

    @BeforeEach
    void addDocuments() throws SQLException {
        collection = Api.collection();
        Api.put(
                collection,
                MARK,
                "{\"title\": \"Samovar samovar tea\", \"content\": \"samovar tea\", \"metadata\": {\"kind\": \"samovar\"},"
                        + " \"vector\": [1, 0, 0]}");
        Api.put(collection, "tea", "{\"title\": \"Tea\", \"content\": \"tea\", \"vector\": [0, 1, 0]}");
        Api.put(collection, "water", "{\"title\": \"Tea water\", \"content\": \"tea\", \"vector\": [0.5, 1, 0]}");
        Database.execute("""
                insert into embedding_task (document_id, vector_set, collection_id, version, size, attempts, due_at, parked_at, error)
                select document.id, 0, collection_id, 1, 0, 8, now(), now(), 'no' from document
                join collection on collection.id = collection_id where name = ? and key = ?
                """, collection, MARK);
    }

    @AfterEach
    void deleteCollection() {
        given().delete(COLLECTIONS + "/" + collection);
    }

    /** Otherwise the other tests would prove nothing. */
    @Test
    void beforeItsTimeItIsShown() throws Exception {
        Set<String> shown = new HashSet<>();
        for (Answered answered : answers()) {
            if (answered.answer.asString().toLowerCase(Locale.ROOT).contains(MARK)) {
                shown.add(answered.operation);
            }
        }
        assertThat(shown)
                .contains("getDocument", "listDocuments", "exportDocuments", "listParked", "listParkedOfCollection")
                .containsAll(READS.keySet());
    }

    @Test
    void afterItsTimeNoRouteShowsIt() throws Exception {
        expire();
        for (Answered answered : answers()) {
            String body = answered.answer.asString().toLowerCase(Locale.ROOT);
            // A problem names the key that was asked for, and so does the list of those that are missing.
            String said = body.replace("named '" + MARK + "'", "")
                    .replace("key '" + MARK + "'", "")
                    .replace("\"missing\":[\"" + MARK + "\"]", "")
                    .replaceAll("\"instance\":\"[^\"]*\"", "");
            assertThat(answered.answer.statusCode()).as(answered.toString()).isIn(200, 400, 403, 404);
            assertThat(said).as(answered.toString()).doesNotContain(MARK);
        }
        assertThat(Database.number(
                        "select count(*) from document join collection on collection.id = collection_id where name = ?",
                        collection))
                .as("the rows are still there")
                .isEqualTo(3);
    }

    @Test
    void headAndConditionsFindNothing() throws SQLException {
        expire();
        String address = documents(collection) + "/" + MARK;
        given().head(address).then().statusCode(404);
        given().header("If-None-Match", "\"1\"").get(address).then().statusCode(404);
        given().get(address + "?include=vector").then().statusCode(404);
    }

    /** Rounds of a search go on until there are enough: an expired candidate takes no place. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"query\": \"tea\", \"mode\": \"keyword\", \"limit\": 2}",
                "{\"vector\": [1, 0.1, 0], \"mode\": \"vector\", \"limit\": 2}",
                "{\"query\": \"tea\", \"vector\": [1, 0.1, 0], \"limit\": 2}",
                "{\"query\": \"tea\", \"mode\": \"keyword\", \"limit\": 2, \"include\": [\"chunk\"]}"
            })
    void aPageOfHitsIsNotShort(String search) throws SQLException {
        expire();
        assertThat(json(search)
                        .post(COLLECTIONS + "/" + collection + "/search")
                        .jsonPath()
                        .getList("items.key", String.class))
                .containsExactlyInAnyOrder("tea", "water");
    }

    @Test
    void pagesAndCountsHaveNoGaps() throws SQLException {
        expire();
        for (String sort : List.of("createdAt", "-key", "title", "-title,key")) {
            String list = documents(collection) + "?limit=1&count=exact&sort=" + sort;
            Response first = given().get(list);
            assertThat(first.jsonPath().getList("items")).as(sort).hasSize(1);
            assertThat(first.jsonPath().getLong("count")).as(sort).isEqualTo(2);
            Response second = given().urlEncodingEnabled(false)
                    .get(list + "&cursor=" + first.jsonPath().getString("nextCursor"));
            assertThat(second.jsonPath().getList("items")).as(sort).hasSize(1);
            assertThat(second.jsonPath().getString("nextCursor")).as(sort).isNull();
            assertThat(second.jsonPath().getList("items.key"))
                    .as(sort)
                    .doesNotContainAnyElementsOf(first.jsonPath().getList("items.key"));
        }
        Response filtered =
                plain().get(documents(collection) + "?count=exact&filter=%7B%22kind%22:%7B%22$exists%22:false%7D%7D");
        assertThat(filtered.jsonPath().getLong("count")).isEqualTo(2);
        assertThat(given().get(COLLECTIONS + "/" + collection + "/stats")
                        .jsonPath()
                        .getLong("documents"))
                .isEqualTo(2);
    }

    @Test
    void itIsNotParkedAnyMore() throws SQLException {
        expire();
        String address = COLLECTIONS + "/" + collection + "/parked/" + MARK;
        plain().post(address + ":retry").then().statusCode(404);
        given().delete(address).then().statusCode(404);
    }

    @Test
    void filtersChangeAndDeleteNothingOfIt() throws SQLException {
        expire();
        json("{\"filter\": {\"kind\": \"samovar\"}, \"patch\": {\"title\": \"x\"}}")
                .post(documents(collection) + ":update")
                .then()
                .statusCode(200)
                .body("updated", equalTo(0));
        json("{\"filter\": {\"kind\": \"samovar\"}, \"dryRun\": true}")
                .post(documents(collection) + ":delete")
                .then()
                .statusCode(200)
                .body("matched", equalTo(0));
        json("{\"keys\": [\"samovar\"]}")
                .post(documents(collection) + ":delete")
                .then()
                .statusCode(200)
                .body("deleted", equalTo(0));
    }

    private record Answered(String operation, String request, Response answer) {

        @Override
        public String toString() {
            return operation + ": " + request + "\n-> " + answer.statusCode() + " " + answer.asString();
        }
    }

    /** Of every route that reads. */
    private List<Answered> answers() throws Exception {
        List<Answered> answers = new ArrayList<>();
        for (Map.Entry<String, JsonNode> route : Description.read().operations().entrySet()) {
            String operation = route.getValue().path("operationId").asText();
            String method = route.getKey().substring(0, route.getKey().indexOf(' '));
            String path = route.getKey()
                    .substring(route.getKey().indexOf(' ') + 1)
                    .replace("{name}", collection)
                    .replace("{key}", MARK)
                    .replace("{alias}", "none")
                    .replace("{version}", "1")
                    .replace("{id}", UUID.randomUUID().toString());
            if (ModelRoutes.has(path)) {
                // Their documents live as long as their records.
                continue;
            }
            if (method.equals("GET") && !HISTORY.contains(operation) && !OTHERS.contains(operation)) {
                answers.add(new Answered(operation, path, plain().get(path)));
                if (operation.equals("exportDocuments")) {
                    answers.add(new Answered(
                            operation, path + " csv", plain().accept("text/csv").get(path)));
                    String chunks = path + "?include=chunks,vectors";
                    answers.add(new Answered(operation, chunks, plain().get(chunks)));
                }
            } else if (method.equals("POST") && !WRITES.contains(operation)) {
                assertThat(READS).as("a new route reads or writes").containsKey(operation);
                for (String wanted : READS.get(operation)) {
                    String body = wanted.replace("COLLECTION", collection);
                    answers.add(new Answered(
                            operation, path + " " + body, json(body).post(path)));
                }
            }
        }
        return answers;
    }

    private static RequestSpecification plain() {
        return given().urlEncodingEnabled(false);
    }

    private void expire() throws SQLException {
        int rows = Database.execute("""
                update document set expires_at = now() - interval '1 second' from collection
                where collection.id = document.collection_id and collection.name = ? and key = ?
                """, collection, MARK);
        assertThat(rows).isEqualTo(1);
    }
}
