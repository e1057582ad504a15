package dev.tandem.api.openapi;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.restassured.filter.Filter;
import io.restassured.filter.FilterContext;
import io.restassured.response.Response;
import io.restassured.specification.FilterableRequestSpecification;
import io.restassured.specification.FilterableResponseSpecification;
import java.net.URI;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Compares every answer that it sees with the API's description: the status, the media type, and the body, member by member. */
final class Witness implements Filter {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Description description;
    private final Bodies bodies;
    private final Set<String> seen = new TreeSet<>();

    Witness(Description description) {
        this.description = description;
        this.bodies = new Bodies(description);
    }

    /** The routes whose successful answers it has seen. */
    Set<String> seen() {
        return seen;
    }

    @Override
    public Response filter(
            FilterableRequestSpecification request, FilterableResponseSpecification answer, FilterContext context) {
        Response response = context.next(request, answer);
        String route = route(request.getMethod(), URI.create(request.getURI()).getRawPath());
        JsonNode described = described(requireNonNull(description.operations().get(route)), response.statusCode());
        assertThat(described.isMissingNode())
                .as("%s answers %d, which is described", route, response.statusCode())
                .isFalse();
        if (response.statusCode() < 300) {
            seen.add(route);
        }
        String body = response.asString();
        if (!body.isEmpty()) {
            judge(route, described.path("content"), response.contentType().split(";", 2)[0], body);
        }
        return response;
    }

    private void judge(String route, JsonNode content, String type, String body) {
        JsonNode schema = content.path(type).path("schema");
        assertThat(schema.isMissingNode()).as("%s answers %s", route, type).isFalse();
        JsonNode line = schema.path("contentSchema");
        List<String> parts = line.isMissingNode() ? List.of(body) : parts(body);
        for (String part : parts) {
            assertThat(bodies.errors(line.isMissingNode() ? schema : line, read(part)))
                    .as("%s: %s", route, part)
                    .isEmpty();
        }
    }

    /** The lines, or the data of events. */
    private static List<String> parts(String body) {
        return body.lines()
                .map(line -> line.startsWith("data:") ? line.substring("data:".length()) : line)
                .filter(line -> line.startsWith("{"))
                .toList();
    }

    private JsonNode described(JsonNode operation, int status) {
        JsonNode answer = operation.path("responses").path(Integer.toString(status));
        return answer.has("$ref")
                ? description.api().at(answer.path("$ref").asText().substring(1))
                : answer;
    }

    /** The described route whose path this is. Of several, the one with the most fixed characters. */
    private String route(String method, String path) {
        return description.operations().keySet().stream()
                .filter(route -> route.startsWith(method + " "))
                .filter(route -> Pattern.matches(pattern(route.substring(method.length() + 1)), path))
                .max(Comparator.comparingInt(
                        route -> route.replaceAll("\\{[a-z]+}", "").length()))
                .orElseThrow(() -> new AssertionError(method + " " + path + " is not described"));
    }

    private static String pattern(String path) {
        return path.replaceAll("\\{[a-z]+}", "[^/:]+");
    }

    private static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new AssertionError("not JSON: " + json, e);
        }
    }
}
