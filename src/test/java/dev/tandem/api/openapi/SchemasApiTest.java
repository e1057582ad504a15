package dev.tandem.api.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The schemas of bodies say what is always there, what may be null, and what is a stream. */
@QuarkusTest
class SchemasApiTest {

    private Description description = new Description(JsonNodeFactory.instance.objectNode());

    @BeforeEach
    void read() throws Exception {
        description = Description.read();
    }

    @Test
    void everyAnswerSaysWhatIsAlwaysThere() {
        Set<String> answers = new TreeSet<>();
        description.operations().values().forEach(operation -> operation
                .path("responses")
                .forEach(answer -> reach(answer.path("content"), answers)));
        reach(description.api().at("/components/responses"), answers);
        assertThat(answers).contains("DocumentView", "HitView", "ImportCounts", "Problem", "Violation");
        for (String name : answers) {
            JsonNode schema = schema(name);
            if (schema.has("properties")) {
                assertThat(schema.path("required")).as(name).isNotEmpty();
            }
            for (JsonNode required : schema.path("required")) {
                assertThat(schema.path("properties").has(required.asText()))
                        .as(name)
                        .isTrue();
            }
        }
    }

    @Test
    void requestsSayWhatMustBeGiven() {
        assertThat(required("CollectionRequest")).containsExactly("name");
        assertThat(required("CollectionReplacement")).isEmpty();
        assertThat(required("UpdateByFilterRequest")).containsExactly("filter", "patch");
        assertThat(required("ImportChunk")).containsExactly("start", "end");
        assertThat(required("FetchRequest")).containsExactly("keys");
        assertThat(required("DeleteByFilterRequest")).isEmpty();
        assertThat(required("SearchRequest")).isEmpty();
    }

    @Test
    void distinguishesNullFromWhatIsLeftOut() {
        assertThat(required("DocumentView")).contains("title");
        assertThat(allowsNull("DocumentView", "title")).isTrue();
        assertThat(required("DocumentListView"))
                .contains("nextCursor", "previousCursor")
                .doesNotContain("count");
        assertThat(allowsNull("DocumentListView", "nextCursor")).isTrue();
        assertThat(allowsNull("DocumentListView", "count")).isFalse();
        assertThat(allowsNull("JobView", "error")).isTrue();
        assertThat(allowsNull("HitView", "chunk")).isFalse();
        for (String member : List.of("title", "content", "metadata", "vector")) {
            assertThat(allowsNull("DocumentRequest", member)).as(member).isTrue();
        }
        assertThat(allowsNull("DocumentRequest", "key")).isFalse();
        for (String member : List.of("filter", "include", "vector")) {
            assertThat(allowsNull("SearchRequest", member)).as(member).isTrue();
        }
        for (String member : List.of("filter", "keys")) {
            assertThat(allowsNull("DeleteByFilterRequest", member)).as(member).isTrue();
        }
        assertThat(allowsNull("UpdateByFilterRequest", "filter")).isFalse();
        assertThat(allowsNull("FetchRequest", "keys")).isFalse();
        assertThat(allowsNull("CollectionRequest", "description")).isTrue();
        assertThat(allowsNull("CollectionRequest", "metadataSchema")).isTrue();
    }

    @Test
    void everyMemberOfAMergePatchMayBeNullAndNoneIsRequired() {
        for (String noun : List.of("Collection", "Document", "Embedding", "Chunking", "History")) {
            JsonNode patch = schema(noun + "Patch");
            assertThat(names(patch.path("properties")))
                    .isEqualTo(names(schema(noun + "Request").path("properties")));
            assertThat(required(noun + "Patch")).isEmpty();
            names(patch.path("properties")).forEach(member -> assertThat(allowsNull(noun + "Patch", member))
                    .as(noun + member)
                    .isTrue());
        }
        description.operations().forEach((route, operation) -> {
            if (route.startsWith("PATCH ")) {
                assertThat(operation.at("/requestBody/content").findValuesAsText("$ref"))
                        .as(route)
                        .allMatch(reference -> reference.endsWith("Patch"));
            }
        });
    }

    @Test
    void everyExampleIsValid() {
        Bodies bodies = new Bodies(description);
        description.api().at("/components/schemas").properties().forEach(schema -> {
            for (JsonNode example : schema.getValue().path("examples")) {
                assertThat(bodies.errors(reference(schema.getKey()), example))
                        .as(schema.getKey())
                        .isEmpty();
            }
        });
    }

    @Test
    void takesTheParametersInTheOrderOfTheAddress() {
        description.operations().forEach((route, operation) -> {
            List<String> parts = Pattern.compile("\\{([a-z]+)}")
                    .matcher(route)
                    .results()
                    .map(part -> part.group(1))
                    .toList();
            List<String> first = new ArrayList<>();
            operation
                    .path("parameters")
                    .forEach(parameter -> first.add(parameter.path("name").asText()));
            assertThat(first.subList(0, parts.size())).as(route).isEqualTo(parts);
            for (JsonNode parameter : operation.path("parameters")) {
                assertThat(parameter.path("description").asText())
                        .as(route + parameter.path("name"))
                        .isNotEmpty();
            }
        });
    }

    @Test
    void describesStreamsAsText() {
        List<String> streams = new ArrayList<>();
        description.operations().forEach((route, operation) -> {
            for (String type : List.of("application/x-ndjson", "text/event-stream")) {
                for (JsonNode content : operation.findValues(type)) {
                    assertThat(content.at("/schema/type").asText()).as(route).isEqualTo("string");
                    assertThat(content.at("/schema/contentMediaType").asText())
                            .as(route)
                            .isEqualTo(type);
                    assertThat(content.at("/schema/contentSchema/$ref").asText())
                            .as(route)
                            .isNotEmpty();
                    streams.add(route);
                }
                // Generated clients store a binary answer, and send a text as it is.
                for (JsonNode content : operation.path("responses").findValues(type)) {
                    assertThat(content.at("/schema/format").asText()).as(route).isEqualTo("binary");
                }
                for (JsonNode content : operation.path("requestBody").findValues(type)) {
                    assertThat(content.at("/schema").has("format")).as(route).isFalse();
                }
            }
        });
        assertThat(streams).hasSize(5);
    }

    @Test
    void saysWhereTheServiceIsAndWhatItsPartsAreFor() {
        assertThat(description.api().path("servers")).isNotEmpty();
        assertThat(description.api().path("tags"))
                .isNotEmpty()
                .allMatch(tag -> !tag.path("description").asText().isEmpty());
    }

    /** Adds the names of all schemas that the JSON refers to. */
    private void reach(JsonNode node, Set<String> names) {
        for (JsonNode reference : node.findValues("$ref")) {
            String name = reference.asText().substring(reference.asText().lastIndexOf('/') + 1);
            if (description.api().at("/components/schemas").has(name) && names.add(name)) {
                reach(schema(name), names);
            }
        }
    }

    private boolean allowsNull(String schema, String member) {
        JsonNode property = schema(schema).path("properties").path(member);
        return new Bodies(description)
                .errors(property, JsonNodeFactory.instance.nullNode())
                .isEmpty();
    }

    private List<String> required(String schema) {
        return Description.strings(schema(schema).path("required"));
    }

    private JsonNode schema(String name) {
        return description.schema(name);
    }

    private static ObjectNode reference(String schema) {
        return JsonNodeFactory.instance.objectNode().put("$ref", "#/components/schemas/" + schema);
    }

    private static Set<String> names(JsonNode members) {
        Set<String> names = new TreeSet<>();
        members.properties().forEach(member -> names.add(member.getKey()));
        return names;
    }
}
