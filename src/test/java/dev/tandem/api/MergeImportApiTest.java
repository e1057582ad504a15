package dev.tandem.api;

import static dev.tandem.api.Api.documents;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.domain.job.Job;
import dev.tandem.domain.job.JobState;
import dev.tandem.testing.Jobs;
import dev.tandem.testing.Thorough;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** An import of merge patches has the effect of sending each of them by itself. */
@QuarkusTest
class MergeImportApiTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int KEYS = 12;

    /** Parts of patches; some of the results are refused. */
    private static final List<String> PARTS = List.of(
            "\"title\": \"%d\"",
            "\"title\": \"same\"",
            "\"title\": null",
            "\"content\": \"%d\"",
            "\"content\": null",
            "\"metadata\": {\"a\": %d}",
            "\"metadata\": {\"a\": {\"b\": %d, \"c\": null}}",
            "\"metadata\": {\"a\": {\"c\": [1, null]}}",
            "\"metadata\": {\"a\": null, \"d\": 1.50}",
            "\"metadata\": null",
            "\"metadata\": {}",
            "\"vector\": [1, 2, %d]",
            "\"vector\": null",
            "\"vector\": [1]",
            "\"title\": 1",
            "\"titel\": \"%d\"");

    @Inject
    Jobs jobs;

    private String collection = "";
    private String address = "";

    @BeforeEach
    void create() {
        collection = Api.collection();
        address = documents(collection) + ":import?mode=merge";
    }

    @Test
    void changesPartsAndTakesThemAway() {
        Api.put(collection, "a", "{\"title\": \"T\", \"content\": \"C\", \"metadata\": {\"x\": 1, \"y\": {\"z\": 2}}}");
        List<JsonPath> answer = imported(address + "&results=all", """
                {"key": "a", "content": null, "metadata": {"y": {"w": 3}}}
                {"key": "a", "title": "T"}
                {"key": "a", "metadata": {"x": null}, "ifVersion": 2}
                {"key": "a", "title": "late", "ifVersion": 2}
                {"key": "b", "title": "missing"}
                {"title": "without a key"}
                {"key": "nul\\u0000", "title": "x"}
                {"key": "a", "chunks": []}
                """);
        assertThat(answer.stream().map(line -> line.getInt("status")).limit(8))
                .containsExactly(200, 200, 200, 412, 404, 422, 422, 400);
        assertThat(answer.stream().map(line -> line.getString("outcome")).limit(3))
                .containsExactly("updated", "unchanged", "updated");
        assertThat(answer.get(4).getString("error.code")).isEqualTo("document.not_found");
        assertThat(answer.get(5).getString("error.errors[0].code")).isEqualTo("document.key.missing");
        given().get(documents(collection) + "/a")
                .then()
                .body("version", equalTo(3))
                .body("title", equalTo("T"))
                .body("content", equalTo(null))
                .body("metadata", equalTo(Map.of("y", Map.of("z", 2, "w", 3))));
        given().get(documents(collection) + "/a/revisions/2").then().body("metadata.x", equalTo(1));
    }

    @Thorough
    @RepeatedTest(6)
    void isTheSameAsPatchingOneByOne(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        String other = Api.collection();
        StringBuilder before = new StringBuilder();
        for (int key = 0; key < KEYS - 3; key++) {
            String vector = key % 2 == 0 ? "" : ", \"vector\": [1, 2, 3]";
            before.append("{\"key\": \"k%d\", \"title\": \"first\"%s}%n".formatted(key, vector));
        }
        imported(documents(collection) + ":import", before.toString());
        imported(documents(other) + ":import", before.toString());
        List<String> lines = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        for (int line = 1; line <= 80; line++) {
            String key = "k" + random.nextInt(KEYS);
            String patch = "{" + part(random, line) + "}";
            lines.add(patch.replaceFirst("\\{", "{\"key\": \"" + key + "\", "));
            expected.add(line + " "
                    + told(json(patch)
                            .contentType("application/merge-patch+json")
                            .patch(documents(other) + "/" + key)));
        }
        if (repetition.getCurrentRepetition() % 2 == 0) {
            Job job = begun(ndjson(String.join("\n", lines))
                    .header("Prefer", "respond-async")
                    .post(address));
            assertThat(job.state()).isEqualTo(JobState.SUCCEEDED);
            assertThat(job.failed())
                    .isEqualTo(expected.stream()
                            .filter(told -> !told.contains(" v"))
                            .count());
        } else {
            assertThat(imported(address + "&results=all", String.join("\n", lines)).stream()
                            .limit(lines.size())
                            .map(MergeImportApiTest::told))
                    .isEqualTo(expected);
        }
        assertThat(stored(collection)).isEqualTo(stored(other));
    }

    /** A patch is judged only when its document is there, after the lines behind it have been looked at. */
    @Test
    void stopsAtTheFirstRefusalIfAsked() {
        Api.put(collection, "a", "{\"title\": \"1\"}");
        Api.put(collection, "b", "{\"title\": \"1\"}");
        Api.put(collection, "c", "{\"title\": \"1\"}");
        List<JsonPath> answer = imported(address + "&onError=abort", """
                {"key": "a", "title": "2"}
                {"key": "b", "title": null}
                {"key": "c", "title": "2"}
                {"key": "none", "title": "2"}
                """);
        assertThat(answer).hasSize(2);
        assertThat(answer.getFirst().getInt("line")).isEqualTo(2);
        assertThat(answer.getLast().getMap("summary"))
                .containsEntry("received", 2)
                .containsEntry("updated", 1)
                .containsEntry("failed", 1);
        assertThat(stored(collection)).isEqualTo(Map.of("a", "2 2", "b", "1 1", "c", "1 1"));
    }

    @Test
    void isDoneOnceUnderAKey() {
        Api.put(collection, "a", "{\"title\": \"1\", \"metadata\": {\"n\": 1}}");
        String lines = "{\"key\": \"a\", \"metadata\": {\"n\": 2}}\n{\"key\": \"a\", \"metadata\": {\"n\": null}}";
        Response first = ndjson(lines).header("Idempotency-Key", collection).post(address);
        Response second = ndjson(lines).header("Idempotency-Key", collection).post(address);
        assertThat(second.asString()).isEqualTo(first.asString()).contains("\"updated\":2");
        given().get(documents(collection) + "/a").then().body("version", equalTo(3));
    }

    /** Larger documents than are read at once, in more than one run. */
    @Thorough
    @Test
    void patchesManyLargeDocuments() {
        String large = "large ".repeat(80_000);
        StringBuilder documents = new StringBuilder();
        StringBuilder patches = new StringBuilder();
        for (int i = 0; i < 20; i++) {
            documents.append("{\"key\": \"k%d\", \"content\": \"%s\"}%n".formatted(i, large));
        }
        for (int i = 0; i < 60; i++) {
            patches.append("{\"key\": \"k%d\", \"metadata\": {\"m%d\": 1}}%n".formatted(i % 20, i / 20));
        }
        imported(documents(collection) + ":import", documents.toString());
        assertThat(imported(address, patches.toString()).getLast().getInt("summary.updated"))
                .isEqualTo(60);
        given().get(documents(collection) + "/k19")
                .then()
                .body("version", equalTo(4))
                .body("metadata.m2", equalTo(1));
    }

    private static String part(Random random, int line) {
        String part = PARTS.get(random.nextInt(PARTS.size()));
        String other = PARTS.get(random.nextInt(PARTS.size()));
        boolean areTwo = !part.substring(0, 5).equals(other.substring(0, 5));
        return (areTwo ? part + ", " + other : part).replace("%d", Integer.toString(line));
    }

    private static String told(Response patched) {
        return patched.statusCode() < 300
                ? "v" + patched.jsonPath().getInt("version")
                : patched.statusCode() + " " + patched.jsonPath().getString("code");
    }

    private static String told(JsonPath line) {
        return line.getInt("line") + " "
                + (line.getString("outcome") == null
                        ? line.getInt("status") + " " + line.getString("error.code")
                        : "v" + line.getInt("version"));
    }

    private static Map<String, String> stored(String collection) {
        Map<String, String> stored = new TreeMap<>();
        ndjsonOf(collection).lines().forEach(line -> {
            try {
                ObjectNode document = (ObjectNode) JSON.readTree(line);
                JsonNode metadata = document.path("metadata");
                stored.put(
                        document.path("key").asText(),
                        document.path("title").asText()
                                + (document.path("content").isNull() ? "" : " " + document.path("content"))
                                + " " + document.path("version")
                                + (metadata.isEmpty()
                                        ? ""
                                        : " " + new TreeMap<>(JSON.convertValue(metadata, Map.class)))
                                + (document.has("vector") ? " " + document.path("vector") : ""));
            } catch (JsonProcessingException e) {
                throw new IllegalArgumentException(line, e);
            }
        });
        return stored;
    }

    private static String ndjsonOf(String collection) {
        return given().urlEncodingEnabled(false)
                .get(documents(collection) + ":export?include=vectors")
                .asString();
    }

    private Job begun(Response answer) {
        String location = answer.then().statusCode(202).extract().header("Location");
        return jobs.ended(UUID.fromString(location.substring("/v1/jobs/".length())));
    }

    private static List<JsonPath> imported(String address, String lines) {
        return ndjson(lines).post(address).asString().lines().map(JsonPath::new).toList();
    }

    private static RequestSpecification json(String body) {
        return given().urlEncodingEnabled(false).body(body.getBytes(StandardCharsets.UTF_8));
    }

    private static RequestSpecification ndjson(String lines) {
        return json(lines).contentType("application/x-ndjson");
    }
}
