package dev.tandem.api;

import static dev.tandem.api.Api.COLLECTIONS;
import static dev.tandem.api.Api.documents;
import static dev.tandem.api.Api.json;
import static dev.tandem.api.Api.problem;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.domain.collection.Collection;
import dev.tandem.testing.CollectionSamples;
import dev.tandem.testing.Database;
import dev.tandem.testing.FakeEmbedder;
import dev.tandem.testing.Thorough;
import dev.tandem.testing.World;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Stored vectors are read back wherever documents are read, in the form of an export. */
@QuarkusTest
class StoredVectorsApiTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> VECTORS = List.of("vector", "model", "chunks");

    @Inject
    World world;

    @Inject
    FakeEmbedder embedder;

    @AfterEach
    void reset() {
        embedder.reset();
    }

    @Test
    void everyReadShowsWhatAnExportShows() throws IOException {
        Collection owner = world.collection(CollectionSamples.fakeModel());
        String name = owner.name();
        imported(name, """
                {"key": "own", "content": "words with a vector of its own", "vector": %s}
                {"key": "title", "title": "words in a title"}
                {"key": "long", "content": "%s"}
                {"key": "bare", "vector": %s}
                """.formatted(vector(), "words and ".repeat(400), vector()));
        world.settle(owner);
        Map<String, ObjectNode> exported = exported(name);
        assertThat(exported.get("own").path("vector").size()).isEqualTo(FakeEmbedder.DIMENSIONS);
        assertThat(exported.get("long").path("chunks").size()).isGreaterThan(1);
        for (Map.Entry<String, ObjectNode> line : exported.entrySet()) {
            String one = documents(name) + "/" + line.getKey();
            assertThat(read(given().get(one + "?include=vector").asString())).isEqualTo(line.getValue());
            assertThat(read(given().get(one + "?include=document,vector").asString()))
                    .isEqualTo(line.getValue());
            assertThat(read(given().get(one).asString())).isEqualTo(without(line.getValue()));
            assertThat(read(given().get(one + "?include=document").asString())).isEqualTo(without(line.getValue()));
        }
        Set<JsonNode> all = new HashSet<>(exported.values());
        assertThat(items(given().get(documents(name) + "?include=vector").asString()))
                .isEqualTo(all);
        assertThat(items(json("{\"include\": [\"vector\"]}")
                        .post(documents(name) + ":query")
                        .asString()))
                .isEqualTo(all);
        assertThat(items(json("{\"keys\": [\"own\", \"title\", \"long\", \"bare\"], \"include\": [\"vector\"]}")
                        .post(documents(name) + ":get")
                        .asString()))
                .isEqualTo(all);
        for (String body : List.of(
                "{\"query\": \"words\", \"include\": %s}",
                "{\"vector\": " + vector() + ", \"include\": %s}",
                "{\"query\": \"words\", \"mode\": \"keyword\", \"include\": %s}")) {
            hits(name, body.formatted("[\"vector\"]"), exported, false);
            hits(name, body.formatted("[\"vector\", \"document\", \"chunk\", \"highlights\"]"), exported, true);
        }
    }

    /** What was read back can be written back. */
    @Test
    void anImportTakesWhatWasRead() throws IOException {
        Collection owner = world.collection(CollectionSamples.fakeModel());
        imported(
                owner.name(),
                "{\"key\": \"a\", \"content\": \"some words\"}\n{\"key\": \"b\", \"content\": \"x\", \"vector\": "
                        + vector() + "}");
        world.settle(owner);
        String list = given().get(documents(owner.name()) + "?include=vector").asString();
        int asked = embedder.chunks().size();
        Collection copy = world.collection(CollectionSamples.fakeModel());
        StringBuilder lines = new StringBuilder();
        JSON.readTree(list).path("items").forEach(item -> lines.append(item).append('\n'));
        assertThat(imported(copy.name(), lines.toString()))
                .contains("\"created\":2")
                .contains("\"pending\":0");
        assertThat(embedder.chunks()).hasSize(asked);
        assertThat(stored(exported(copy.name()))).isEqualTo(stored(exported(owner.name())));
    }

    @Test
    void vectorsOfAnEarlierTextAreNotShown() throws IOException {
        Collection owner = world.collection(CollectionSamples.fakeModel());
        String one = documents(owner.name()) + "/a";
        json("{\"content\": \"first\"}").put(one);
        world.settle(owner);
        assertThat(read(given().get(one + "?include=vector").asString())
                        .path("chunks")
                        .size())
                .isEqualTo(1);
        embedder.hold();
        json("{\"content\": \"second\"}").put(one).then().statusCode(200);
        for (JsonNode document : List.of(
                read(given().get(one + "?include=vector").asString()),
                read(given().get(documents(owner.name()) + "?include=vector").asString())
                        .at("/items/0"),
                read(json("{\"keys\": [\"a\"], \"include\": [\"vector\"]}")
                                .post(documents(owner.name()) + ":get")
                                .asString())
                        .at("/items/0"))) {
            assertThat(document.path("content").asText()).isEqualTo("second");
            assertThat(VECTORS).noneMatch(document::has);
        }
        embedder.release();
        world.settle(owner);
        assertThat(read(given().get(one + "?include=vector").asString())
                        .path("chunks")
                        .size())
                .isEqualTo(1);
    }

    /** They come without a new version, so a version says nothing of them. */
    @Test
    void aReadWithVectorsIsNeverUnmodified() {
        String one = documents(Api.collection()) + "/a";
        json("{\"vector\": [1, 2, 3]}").put(one);
        given().header("If-None-Match", "\"1\"").get(one).then().statusCode(304);
        given().header("If-None-Match", "\"1\"")
                .get(one + "?include=vector")
                .then()
                .statusCode(200)
                .header("ETag", "\"1\"")
                .body("vector", equalTo(List.of(1f, 2f, 3f)));
        given().head(one + "?include=vector").then().statusCode(200).header("ETag", "\"1\"");
    }

    /** While nobody can read the table of vectors, only reads of vectors have to wait. */
    @Test
    void vectorsThatNobodyAskedForAreNotRead() throws SQLException {
        String name = Api.collection();
        Api.put(name, "a", "{\"content\": \"word\", \"vector\": [1, 2, 3]}");
        String search = COLLECTIONS + "/" + name + "/search";
        try (Connection connection = Database.connect()) {
            connection.setAutoCommit(false);
            Database.execute(connection, "lock table chunk in access exclusive mode");
            given().get(documents(name) + "/a").then().statusCode(200);
            given().get(documents(name)).then().statusCode(200).body("items.size()", equalTo(1));
            json("{}").post(documents(name) + ":query").then().body("items.size()", equalTo(1));
            json("{\"keys\": [\"a\"]}").post(documents(name) + ":get").then().body("items.size()", equalTo(1));
            json("{\"query\": \"word\"}").post(search).then().body("items.size()", equalTo(1));
            given().get(documents(name) + "/a?include=vector").then().statusCode(503);
            connection.rollback();
        }
        given().get(documents(name) + "/a?include=vector").then().statusCode(200);
    }

    /** A document and its vector are of the same moment, however fast they change. */
    @Thorough
    @Test
    void whatIsReadFitsTogether() throws Exception {
        String name = Api.collection();
        String one = documents(name) + "/a";
        json("{\"content\": \"1\", \"vector\": [1, 1, 1]}").put(one);
        AtomicBoolean isOver = new AtomicBoolean();
        CompletableFuture<Integer> writer = CompletableFuture.supplyAsync(() -> {
            int n = 1;
            while (!isOver.get()) {
                n++;
                json("{\"content\": \"%d\", \"vector\": [%d, 1, 1]}".formatted(n, n))
                        .put(one)
                        .then()
                        .statusCode(200);
            }
            return n;
        });
        try {
            for (int i = 0; i < 25; i++) {
                fits(read(given().get(one + "?include=vector").asString()));
                fits(read(given().get(documents(name) + "?include=vector").asString())
                        .at("/items/0"));
                fits(read(json("{\"keys\": [\"a\"], \"include\": [\"vector\"]}")
                                .post(documents(name) + ":get")
                                .asString())
                        .at("/items/0"));
                JsonNode hit = read(json("{\"vector\": [1, 1, 1], \"include\": [\"document\", \"vector\"]}")
                                .post(COLLECTIONS + "/" + name + "/search")
                                .asString())
                        .at("/items/0");
                if (!hit.isMissingNode()) {
                    assertThat(hit.at("/vector/0").asText())
                            .isEqualTo(hit.at("/document/content").asText() + ".0");
                }
            }
        } finally {
            isOver.set(true);
        }
        assertThat(writer.get()).isGreaterThan(10);
    }

    private static void fits(JsonNode document) {
        assertThat(document.at("/vector/0").asText())
                .isEqualTo(document.path("content").asText() + ".0");
    }

    /** Vectors count as what they take: an answer with many has fewer documents, and says so. */
    @Thorough
    @Test
    void anAnswerWithManyVectorsIsBounded() throws IOException {
        String name = Api.collection("\"embedding\": {\"model\": \"none\", \"dimensions\": 4096}");
        StringBuilder lines = new StringBuilder();
        List<String> keys = new ArrayList<>();
        String rest = ",0.5".repeat(4095);
        for (int i = 0; i < 250; i++) {
            keys.add("k" + i);
            lines.append("{\"key\":\"k%d\",\"content\":\"everywhere\",\"vector\":[%d%s]}%n".formatted(i, i, rest));
        }
        String summary = imported(name, lines.toString());
        String sequence = summary.replaceAll("(?s).*\"sequence\":(\\d+).*", "$1");
        List<String> listed = new ArrayList<>();
        String cursor = "";
        while (cursor != null) {
            JsonNode page = read(given().urlEncodingEnabled(false)
                    .get(documents(name) + "?include=vector&limit=1000&sort=createdAt&count=exact" + cursor)
                    .asString());
            assertThat(page.path("items").size()).isBetween(1, 200);
            assertThat(page.path("count").asInt()).isEqualTo(250);
            page.path("items").forEach(item -> listed.add(item.path("key").asText()));
            cursor = page.path("nextCursor").isNull()
                    ? null
                    : "&cursor=" + page.path("nextCursor").asText();
        }
        assertThat(listed).hasSize(250).containsExactlyInAnyOrderElementsOf(keys);
        given().get(documents(name) + "?limit=1000").then().body("items.size()", equalTo(250));
        List<String> fetched = new ArrayList<>();
        List<String> remaining = keys;
        while (!remaining.isEmpty()) {
            JsonNode answer =
                    read(json("{\"keys\": " + JSON.writeValueAsString(remaining) + ", \"include\": [\"vector\"]}")
                            .post(documents(name) + ":get")
                            .asString());
            assertThat(answer.path("items").size()).isBetween(1, 200);
            answer.path("items").forEach(item -> fetched.add(item.path("key").asText()));
            remaining = JSON.convertValue(
                    answer.path("remaining"), JSON.getTypeFactory().constructCollectionType(List.class, String.class));
        }
        assertThat(fetched).isEqualTo(keys);
        String query = "{\"query\": \"everywhere\", \"mode\": \"keyword\", \"limit\": 250, \"include\": %s}";
        JsonNode hits = read(json(query.formatted("[\"vector\"]"))
                .header("Tandem-Sequence", sequence)
                .post(COLLECTIONS + "/" + name + "/search")
                .asString());
        assertThat(hits.path("items").size()).isBetween(1, 200);
        assertThat(hits.path("warnings").toString()).contains("too large together");
        json(query.formatted("[]"))
                .post(COLLECTIONS + "/" + name + "/search")
                .then()
                .body("items.size()", equalTo(250))
                .body("items[0].vector", org.hamcrest.Matchers.nullValue());
    }

    @Test
    void refusesOtherWords() {
        String name = Api.collection();
        json("{\"title\": \"t\"}").put(documents(name) + "/a");
        for (String word : List.of("vectors", "Vector", "vector,chunks", "vector,", ",", "*")) {
            problem(plain().get(documents(name) + "/a?include=" + word), 400, "/include", "parameter.choice");
            problem(plain().get(documents(name) + "?include=" + word), 400, "/include", "parameter.choice");
        }
        problem(plain().get(documents(name) + "/a?include="), 400, "/include", "parameter.empty");
        problem(
                plain().get(documents(name) + "/a?include=vector&include=vector"),
                400,
                "/include",
                "parameter.repeated");
        problem(plain().get(documents(name) + "/none?include=vector"), 404, "document.not_found");
        problem(plain().get(documents(Api.freeName()) + "/a?include=vector"), 404, "collection.not_found");
        problem(
                json("{\"include\": [\"chunks\"]}").post(documents(name) + ":query"),
                400,
                "/include",
                "parameter.choice");
        problem(json("{\"include\": \"vector\"}").post(documents(name) + ":query"), 400, "/include", "json.wrong_type");
        problem(
                        json("{\"query\": \"a\", \"include\": [\"vectors\"]}")
                                .post(COLLECTIONS + "/" + name + "/search"),
                        422,
                        "request.rejected")
                .body("errors[0].message", containsString("vector"));
    }

    private static void hits(String name, String body, Map<String, ObjectNode> exported, boolean withDocument)
            throws IOException {
        JsonNode hits = read(json(body)
                        .post(COLLECTIONS + "/" + name + "/search")
                        .asString())
                .path("items");
        assertThat(hits.size()).as(body).isGreaterThan(1);
        for (JsonNode hit : hits) {
            ObjectNode line = exported.get(hit.path("key").asText());
            for (String part : VECTORS) {
                assertThat(hit.path(part)).as(hit.path("key") + " " + part).isEqualTo(line.path(part));
            }
            assertThat(hit.has("chunk")).isEqualTo(withDocument && hit.has("vectorRank"));
            assertThat(hit.has("document")).isEqualTo(withDocument);
            if (withDocument) {
                assertThat(hit.path("document")).isEqualTo(without(line));
            }
        }
    }

    private static RequestSpecification plain() {
        return given().urlEncodingEnabled(false);
    }

    private static ObjectNode without(ObjectNode line) {
        ObjectNode plain = line.deepCopy();
        plain.remove(VECTORS);
        return plain;
    }

    private static JsonNode read(String json) throws IOException {
        return JSON.readTree(json);
    }

    private static Set<JsonNode> items(String json) throws IOException {
        Set<JsonNode> items = new HashSet<>();
        read(json).path("items").forEach(items::add);
        return items;
    }

    private static String imported(String collection, String lines) {
        return plain().contentType("application/x-ndjson")
                .body(lines.getBytes(StandardCharsets.UTF_8))
                .post(documents(collection) + ":import")
                .then()
                .statusCode(200)
                .extract()
                .asString();
    }

    private static Map<String, ObjectNode> exported(String collection) throws IOException {
        Map<String, ObjectNode> documents = new TreeMap<>();
        String lines =
                plain().get(documents(collection) + ":export?include=vectors").asString();
        for (String line : lines.lines().toList()) {
            ObjectNode document = (ObjectNode) JSON.readTree(line);
            documents.put(document.path("key").asText(), document);
        }
        return documents;
    }

    /** Without what each collection decides for itself. */
    private static Map<String, ObjectNode> stored(Map<String, ObjectNode> exported) {
        exported.values().forEach(document -> document.remove(List.of("id", "version", "createdAt", "updatedAt")));
        return exported;
    }

    private static String vector() {
        return "[0.1" + ",1".repeat(FakeEmbedder.DIMENSIONS - 1) + "]";
    }
}
