package dev.tandem.domain.idempotency;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a request was answered, as it went out.
 *
 * @param headers those that belong to the answer and not to the connection
 * @param body null where there was none
 */
public record Answer(
        int status, Map<String, String> headers, @Nullable String body) {

    /** This answer with one more header. */
    public Answer with(String header, String value) {
        Map<String, String> more = new HashMap<>(headers);
        more.put(header, value);
        return new Answer(status, Map.copyOf(more), body);
    }

    /** The bytes of its body in UTF-8. */
    public int size() {
        return body == null ? 0 : body.getBytes(StandardCharsets.UTF_8).length;
    }
}
