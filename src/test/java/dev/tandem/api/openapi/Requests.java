package dev.tandem.api.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.api.Spoiler;
import io.vertx.core.json.JsonObject;
import io.vertx.core.json.jackson.DatabindCodec;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Makes requests of the API's description: with the parameters, headers and members that it names, and values of which some are wrong. */
final class Requests {

    private static final int DEEPEST = 6;

    private static final List<String> TEXTS = List.of(
            "a",
            "key",
            "tea",
            "1",
            "-1",
            "99999999999999999999",
            "%00",
            "ä😀",
            "{\"a\": 1}",
            "{\"a\": {\"$elemMatch\": {\"b\": 1}}}",
            "$or",
            "",
            " ",
            "..",
            "x".repeat(2_000));

    /** What a filter, an object of any members in the description, may have. */
    private static final List<String> CONDITIONS = List.of(
            "{\"$elemMatch\": {\"b\": {\"$gte\": 1}, \"$not\": {\"c\": {\"$date\": \"2024-05-01T14:30:00Z\"}}}}",
            "{\"$near\": {\"point\": {\"lat\": 48.1, \"lon\": 11.6}, \"radius\": 500}}",
            "{\"$box\": {\"topLeft\": {\"lat\": 1, \"lon\": 170}, \"bottomRight\": {\"lat\": -1, \"lon\": -170}}}",
            "{\"lat\": 48.1, \"lon\": 11.6}",
            "{\"$contains\": \"x\"}");

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final JsonNode api;
    private final Random random;
    private final Spoiler spoiler;
    private final List<String> routes;
    private final Map<String, JsonNode> operations;

    Requests(Description description, Random random) {
        this.api = description.api();
        this.random = random;
        this.spoiler = new Spoiler(random);
        this.operations = description.operations();
        this.routes = List.copyOf(operations.keySet());
    }

    /** @param route as the description names it */
    record Request(String route, String method, String path, byte[] body, List<String> headers) {

        @Override
        public String toString() {
            return method + " " + path + " " + headers + "\n" + new String(body, StandardCharsets.UTF_8);
        }
    }

    List<String> routes() {
        return routes;
    }

    /**
     * A request to any route.
     *
     * @param collection that exists
     */
    Request next(String collection) {
        String route = spoiler.any(routes);
        JsonNode operation = operations.get(route);
        String method = route.substring(0, route.indexOf(' '));
        String path = route.substring(route.indexOf(' ') + 1)
                .replace("{name}", random.nextInt(10) == 0 ? encoded(text()) : collection);
        while (path.contains("{")) {
            path = path.replaceFirst("\\{[^}]*}", encoded(text()));
        }
        List<String> query = new ArrayList<>();
        List<String> headers = new ArrayList<>();
        for (JsonNode named : operation.path("parameters")) {
            JsonNode parameter = resolved(named);
            String name = parameter.path("name").asText();
            String value = value(parameter.path("schema"));
            if (parameter.path("in").asText().equals("query") && random.nextInt(3) == 0) {
                query.add(name + "=" + encoded(value));
            } else if (parameter.path("in").asText().equals("header") && random.nextInt(4) == 0) {
                headers.add(name + ": " + value.replaceAll("[^ -~]", "?"));
            }
        }
        byte[] body = new byte[0];
        JsonNode content = resolved(operation.path("requestBody")).path("content");
        if (content.size() > 0) {
            String type = spoiler.any(names(content));
            headers.add("Content-Type: " + type);
            JsonNode sample = sample(content.path(type).path("schema"), 0);
            if (sample instanceof ObjectNode members
                    && members.path("collections").isArray()
                    && random.nextInt(4) > 0) {
                // Names that are made up are refused before anything else is looked at.
                members.set("collections", JSON.arrayNode().add(collection));
            }
            body = spoiler.octets(spoiler.json(sample.toString()));
        }
        return new Request(route, method, path + (query.isEmpty() ? "" : "?" + String.join("&", query)), body, headers);
    }

    private String value(JsonNode schema) {
        return random.nextInt(3) == 0 ? text() : scalar(sample(schema, 0));
    }

    private static String scalar(JsonNode value) {
        return value.isValueNode() ? value.asText() : value.toString();
    }

    private String text() {
        return spoiler.any(TEXTS);
    }

    private static String encoded(String text) {
        return text.startsWith("%")
                ? text
                : URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** A value as a schema describes it, more or less. */
    private JsonNode sample(JsonNode described, int depth) {
        JsonNode schema = resolved(described);
        for (String choice : List.of("oneOf", "anyOf", "allOf")) {
            if (schema.path(choice).size() > 0) {
                return sample(
                        schema.path(choice)
                                .get(random.nextInt(schema.path(choice).size())),
                        depth + 1);
            }
        }
        if (schema.path("enum").size() > 0) {
            return schema.path("enum").get(random.nextInt(schema.path("enum").size()));
        }
        JsonNode type = schema.path("type");
        String name = type.isArray() ? type.get(0).asText() : type.asText();
        return switch (name) {
            case "object" -> object(schema, depth);
            case "array" -> array(schema, depth);
            case "integer" -> JSON.numberNode(random.nextInt(20) == 0 ? Long.MAX_VALUE : random.nextInt(12));
            case "number" -> JSON.numberNode(random.nextInt(20) == 0 ? Double.MAX_VALUE : random.nextDouble());
            case "boolean" -> JSON.booleanNode(random.nextBoolean());
            case "string" -> JSON.textNode(text());
            default -> object(schema, depth);
        };
    }

    private ObjectNode object(JsonNode schema, int depth) {
        ObjectNode object = JSON.objectNode();
        if (depth < DEEPEST) {
            schema.path("properties").properties().forEach(property -> {
                if (random.nextInt(3) > 0) {
                    object.set(property.getKey(), sample(property.getValue(), depth + 1));
                }
            });
            if (schema.path("properties").isMissingNode() && random.nextBoolean()) {
                JsonNode described = schema.path("additionalProperties");
                JsonNode free = random.nextBoolean() ? JSON.textNode(text()) : condition();
                object.set(text(), described.size() > 0 ? sample(described, depth + 1) : free);
            }
        }
        return object;
    }

    private JsonNode condition() {
        return DatabindCodec.mapper().valueToTree(new JsonObject(spoiler.any(CONDITIONS)).getMap());
    }

    private ArrayNode array(JsonNode schema, int depth) {
        ArrayNode array = JSON.arrayNode();
        for (int count = depth < DEEPEST ? random.nextInt(4) : 0; count > 0; count--) {
            array.add(sample(schema.path("items"), depth + 1));
        }
        return array;
    }

    private JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? resolved(api.at(node.path("$ref").asText().substring(1))) : node;
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
