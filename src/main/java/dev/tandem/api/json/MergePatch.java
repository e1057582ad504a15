package dev.tandem.api.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.api.problem.JsonFailures;
import dev.tandem.domain.refusal.Refusal;
import jakarta.inject.Singleton;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Merge patches: null removes a member, an object is merged, anything else replaces.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7396">RFC 7396</a>
 */
@Singleton
public class MergePatch {

    /** Its media type. */
    public static final String JSON = "application/merge-patch+json";

    private final ObjectMapper mapper;

    MergePatch(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    /**
     * What the patch makes of the original: read as strictly as a body of the type would be.
     *
     * @throws Refusal.Malformed if it can't be read so
     */
    public <T> T apply(T original, JsonNode patch, Class<T> type) {
        if (!(patch instanceof ObjectNode changes)) {
            throw new Refusal.Malformed("json.wrong_type", "", "This should be an object.");
        }
        ObjectNode target = mapper.valueToTree(original);
        merge(target, changes);
        try {
            return mapper.treeToValue(target, type);
        } catch (JsonProcessingException e) {
            throw JsonFailures.of(e);
        }
    }

    /** The same, of a patch as it is read into a map. */
    public <T> T apply(T original, Map<String, @Nullable Object> patch, Class<T> type) {
        return apply(original, mapper.<JsonNode>valueToTree(patch), type);
    }

    private static void merge(ObjectNode target, ObjectNode changes) {
        for (Map.Entry<String, JsonNode> change : changes.properties()) {
            if (change.getValue().isNull()) {
                target.remove(change.getKey());
            } else if (change.getValue() instanceof ObjectNode nested) {
                ObjectNode inner = target.get(change.getKey()) instanceof ObjectNode object
                        ? object
                        : target.putObject(change.getKey());
                merge(inner, nested);
            } else {
                target.set(change.getKey(), change.getValue());
            }
        }
    }
}
