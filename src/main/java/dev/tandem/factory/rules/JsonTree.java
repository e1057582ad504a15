package dev.tandem.factory.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.domain.metadata.Metadata;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns JSON as Java values into a Jackson tree. The depth must have been checked. */
public final class JsonTree {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private JsonTree() {}

    public static ObjectNode of(Map<?, ?> members) {
        ObjectNode object = NODES.objectNode();
        members.forEach((name, value) -> object.set((String) name, node(value)));
        return object;
    }

    private static JsonNode node(@Nullable Object value) {
        return switch (value) {
            case null -> NODES.nullNode();
            case String text -> NODES.textNode(text);
            case Boolean truth -> NODES.booleanNode(truth);
            case Number number -> number(Metadata.canonical(number));
            case Map<?, ?> members -> of(members);
            case List<?> elements -> list(elements);
            default -> throw new IllegalArgumentException("not a JSON value: " + value.getClass());
        };
    }

    private static JsonNode number(Number canonical) {
        return canonical instanceof Long whole
                ? NODES.numberNode(whole.longValue())
                : NODES.numberNode(canonical.doubleValue());
    }

    private static ArrayNode list(List<?> elements) {
        ArrayNode array = NODES.arrayNode(elements.size());
        elements.forEach(element -> array.add(node(element)));
        return array;
    }
}
