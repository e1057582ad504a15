package dev.tandem.domain.idempotency;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a request, as it was sent.
 *
 * @param headers those that belong to the answer and not to the connection
 * @param body null if the answer had no body
 */
public record Answer(
        int status, Map<String, String> headers, @Nullable String body) {

    /** This answer with another header. */
    public Answer with(String header, String value) {
        Map<String, String> more = new HashMap<>(headers);
        more.put(header, value);
        return new Answer(status, Map.copyOf(more), body);
    }
}
