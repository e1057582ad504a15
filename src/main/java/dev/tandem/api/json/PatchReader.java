package dev.tandem.api.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.api.problem.JsonFailures;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.factory.rules.MergePatch;
import jakarta.inject.Singleton;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads merge patches as strictly as the bodies that they change: each member must have a name and a type that is valid in such a body.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7396">RFC 7396</a>
 */
@Singleton
public class PatchReader {

    /** The media type of merge patches. */
    public static final String MEDIA_TYPE = "application/merge-patch+json";

    private static final TypeReference<Map<String, @Nullable Object>> MEMBERS = new TypeReference<>() {};

    private final ObjectMapper mapper;

    PatchReader(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    /**
     * The members of a patch.
     *
     * @param type of the body that it changes
     * @throws Refusal.Malformed if it isn't an object, or not a patch of such a body
     */
    public Map<String, @Nullable Object> read(JsonNode patch, Class<?> type) {
        if (!(patch instanceof ObjectNode)) {
            throw new Refusal.Malformed("json.wrong_type", "", "This must be an object.");
        }
        try {
            Map<String, @Nullable Object> members = mapper.treeToValue(patch, MEMBERS);
            check(members, type);
            return members;
        } catch (JsonProcessingException e) {
            throw JsonFailures.of(e);
        }
    }

    /**
     * Checks a patch that has been read into a map.
     *
     * @param type of the body that it changes
     * @throws Refusal.Malformed if it isn't a patch of such a body
     */
    public void check(Map<String, @Nullable Object> members, Class<?> type) {
        body(members, type);
    }

    /**
     * The body that a patch makes of an empty one: everything that it sets, without what it removes.
     *
     * @param type of the body
     * @throws Refusal.Malformed if it isn't a patch of such a body
     */
    public <T> T body(Map<String, @Nullable Object> members, Class<T> type) {
        try {
            return mapper.treeToValue(mapper.valueToTree(MergePatch.merge(Map.of(), members)), type);
        } catch (JsonProcessingException e) {
            throw JsonFailures.of(e);
        }
    }
}
