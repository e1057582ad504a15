package dev.tandem.api.openapi;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The API's description as the service answers it. */
public record Description(JsonNode api) {

    public static Description read() throws JsonProcessingException {
        return new Description(new ObjectMapper()
                .readTree(given().get("/q/openapi?format=json")
                        .then()
                        .statusCode(200)
                        .extract()
                        .asString()));
    }

    /** By method and path: {@code GET /v1/jobs}. */
    public Map<String, JsonNode> operations() {
        Map<String, JsonNode> operations = new TreeMap<>();
        api.path("paths").properties().forEach(path -> path.getValue()
                .properties()
                .forEach(operation -> operations.put(
                        operation.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey(), operation.getValue())));
        return operations;
    }

    List<String> statuses(String route) {
        return names(operation(route).path("responses"));
    }

    List<String> headers(String route, String status) {
        return names(operation(route).path("responses").path(status).path("headers"));
    }

    /** The words that a parameter takes. */
    List<String> words(String route, String parameter) {
        List<String> words = new ArrayList<>();
        for (JsonNode one : operation(route).path("parameters")) {
            if (one.path("name").asText().equals(parameter)) {
                JsonNode schema = one.path("schema");
                JsonNode type =
                        schema.has("$ref") ? api.at(schema.path("$ref").asText().substring(1)) : schema;
                type.path("enum").forEach(word -> words.add(word.asText()));
            }
        }
        return words;
    }

    /** The words that a member of a body takes, or each of its elements. */
    List<String> wordsOf(String schema, String member) {
        JsonNode property = schema(schema).path("properties").path(member);
        JsonNode one = property.has("items") ? property.path("items") : property;
        JsonNode type = one.has("$ref") ? api.at(one.path("$ref").asText().substring(1)) : one;
        assertThat(type.path("type").asText()).as(schema + "." + member).isEqualTo("string");
        return strings(type.path("enum"));
    }

    JsonNode schema(String name) {
        JsonNode schema = api.at("/components/schemas/" + name);
        assertThat(schema.isMissingNode()).as(name).isFalse();
        return schema;
    }

    static List<String> strings(JsonNode list) {
        List<String> strings = new ArrayList<>();
        list.forEach(text -> strings.add(text.asText()));
        return strings;
    }

    private JsonNode operation(String route) {
        JsonNode operation = operations().get(route);
        assertThat(operation).as(route).isNotNull();
        return operation;
    }

    private static List<String> names(JsonNode node) {
        return node.properties().stream().map(Map.Entry::getKey).toList();
    }
}
