package dev.tandem.api.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import java.util.List;

/** Judges JSON by the schemas of the API's description. A member that the description does not have is an error. */
final class Bodies {

    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDialect(Dialects.getDraft202012(), registry -> registry.schemaCacheEnabled(false));

    private final ObjectNode components;

    Bodies(Description description) {
        components = description.api().withObject("/components").deepCopy();
        components.path("schemas").forEach(Bodies::close);
    }

    /** What is wrong with the JSON, given the schema from the description; empty if nothing is. */
    List<String> errors(JsonNode schema, JsonNode body) {
        ObjectNode root = schema.deepCopy();
        close(root);
        root.set("components", components);
        return REGISTRY.getSchema(root).validate(body).stream()
                .map(Object::toString)
                .toList();
    }

    private static void close(JsonNode schema) {
        if (schema instanceof ObjectNode object && object.has("properties")) {
            object.put("additionalProperties", false);
        }
    }
}
