package dev.tandem.api;

import static dev.tandem.api.Api.documents;
import static dev.tandem.api.Api.problem;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.domain.collection.Collection;
import dev.tandem.testing.CollectionSamples;
import dev.tandem.testing.FakeEmbedder;
import dev.tandem.testing.World;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ExportApiTest {

    private static final String NDJSON = "application/x-ndjson";
    private static final ObjectMapper JSON = new ObjectMapper();

    @Inject
    World world;

    @Inject
    FakeEmbedder embedder;

    @Test
    void exportsEveryDocumentOnce() throws Exception {
        String collection = Api.collection();
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 300; i++) {
            lines.append("{\"key\":\"k%d\",\"title\":\"t%d\",\"metadata\":{\"n\":%d},\"vector\":[1,2,%d]}%n"
                    .formatted(i, i, i, i));
        }
        imported(collection, lines.toString());
        Map<String, ObjectNode> exported = exported(collection, "");
        assertThat(exported).hasSize(300);
        assertThat(exported.get("k7").path("metadata").path("n").asInt()).isEqualTo(7);
        assertThat(exported.get("k7").has("vector")).isFalse();
        assertThat(exported(collection, "?include=vectors")
                        .get("k7")
                        .path("vector")
                        .toString())
                .isEqualTo("[1.0,2.0,7.0]");
        assertThat(plain().get(documents(collection) + ":export?filter=%7B%22n%22:%7B%22%24lt%22:5%7D%7D")
                        .asString()
                        .lines())
                .hasSize(5);
    }

    @Test
    void anImportOfAnExportIsTheSameAndEmbedsNothing() throws Exception {
        Collection original = world.collection(CollectionSamples.fakeModel());
        imported(original.name(), """
                {"key": "own", "content": "with a vector of its own", "vector": %s}
                {"key": "both", "title": "Title", "content": "made of words.", "metadata": {"a": [1, null, {"b": "ä"}], "c": 1.5}}
                {"key": "title", "title": "only a title"}
                """.formatted(vector()));
        imported(original.name(), "{\"key\": \"long\", \"content\": \"" + "word and ".repeat(400) + "\"}");
        world.settle(original);
        Map<String, ObjectNode> before = exported(original.name(), "?include=chunks,vectors");
        int asked = embedder.chunks().size();
        Collection copy = world.collection(CollectionSamples.fakeModel());
        imported(copy.name(), raw(original.name(), "?include=chunks,vectors"));
        world.settle(copy);
        assertThat(embedder.chunks()).hasSize(asked);
        assertThat(exported(copy.name(), "?include=chunks,vectors")).isEqualTo(before);
        assertThat(before.get("long").path("chunks").size()).isGreaterThan(1);
        assertThat(world.stats(copy)).isEqualTo(world.stats(original));
        // Importing the same lines again changes nothing.
        assertThat(imported(copy.name(), raw(original.name(), "?include=vectors")))
                .contains("\"unchanged\":" + before.size());
    }

    @Test
    void chunksOfAnotherModelAreRefused() {
        Collection collection = world.collection(CollectionSamples.fakeModel());
        String line =
                "{\"key\": \"a\", \"content\": \"abc\", \"model\": \"%s\", \"chunks\": [{\"start\": 0, \"end\": %d, \"vector\": %s}]}";
        assertThat(imported(collection.name(), line.formatted("other", 3, vector())))
                .contains("chunks.model");
        assertThat(imported(collection.name(), line.formatted("fake", 4, vector())))
                .contains("chunks.offsets");
        assertThat(imported(collection.name(), line.formatted("fake", 3, "[1]")))
                .contains("vector.dimensions");
        assertThat(imported(collection.name(), line.formatted("fake", 3, vector())))
                .contains("\"created\":1");
    }

    /** A client that cuts at line breaks gets every line, also where one read ends and the next begins. */
    @Test
    void everyLineEnds() {
        String collection = Api.collection();
        String content = "x".repeat(100_000);
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 7; i++) {
            lines.append("{\"key\":\"k%d\",\"content\":\"%s\"}%n".formatted(i, content));
        }
        imported(collection, lines.toString());
        assertThat(raw(collection, "").split("\n", -1))
                .hasSize(8)
                .endsWith("")
                .filteredOn(line -> !line.isEmpty())
                .allMatch(line -> line.startsWith("{\"id\":") && line.endsWith("}"));
    }

    @Test
    void anEmptyCollectionIsNoLine() {
        plain().get(documents(Api.collection()) + ":export")
                .then()
                .statusCode(200)
                .body(equalTo(""));
    }

    @Test
    void refusesWhatCantBeAsked() {
        String export = documents(Api.collection()) + ":export";
        problem(plain().get("/v1/collections/no-such/documents:export"), 404, "collection.not_found");
        problem(plain().get(export + "?include=everything"), 400, "/include", "parameter.choice");
        problem(plain().get(export + "?limit=3"), 400, "/limit", "parameter.unknown");
        problem(
                plain().get(export + "?filter=%7B%22a%22:%7B%22%24no%22:1%7D%7D"),
                400,
                "/filter/a/$no",
                "filter.unknown_operator");
    }

    private static RequestSpecification plain() {
        return given().urlEncodingEnabled(false);
    }

    private static String vector() {
        StringBuilder vector = new StringBuilder("[0.1");
        vector.append(",1".repeat(FakeEmbedder.DIMENSIONS - 1));
        return vector.append(']').toString();
    }

    private static String imported(String collection, String lines) {
        return plain().contentType(NDJSON)
                .body(lines.getBytes(StandardCharsets.UTF_8))
                .post(documents(collection) + ":import")
                .then()
                .statusCode(200)
                .extract()
                .asString();
    }

    private static String raw(String collection, String query) {
        return plain().get(documents(collection) + ":export" + query)
                .then()
                .statusCode(200)
                .contentType(NDJSON)
                .extract()
                .asString();
    }

    /** The exported documents by key, without the fields that Tandem sets. */
    private static Map<String, ObjectNode> exported(String collection, String query) throws JsonProcessingException {
        Map<String, ObjectNode> documents = new TreeMap<>();
        for (String line : raw(collection, query).lines().toList()) {
            ObjectNode document = (ObjectNode) JSON.readTree(line);
            document.remove(List.of("id", "version", "createdAt", "updatedAt"));
            assertThat(documents.put(document.path("key").asText(), document)).isNull();
        }
        return documents;
    }
}
