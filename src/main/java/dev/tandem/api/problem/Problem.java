package dev.tandem.api.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tandem.domain.refusal.Violation;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Problem details.
 *
 * @param type the address of the code's explanation
 * @param title the status's name
 * @param detail what happened this time
 * @param instance the path that was asked for
 * @param code dotted and stable, so that programs can depend on it
 * @param requestId also in the answer's X-Request-Id and in the log
 * @param errors the broken rules, if there are any
 * @param currentVersion of the thing that the client wanted to change, if the version is the reason
 * @param matched how many documents the filter matches, if they are too many
 * @param retryAfter after how many seconds to try again, if a retry can succeed
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9457">RFC 9457</a>
 */
@Schema(examples = """
{"type": "https://github.com/tandem-dev/tandem/blob/main/docs/problems.md#requestrejected", "title": "Unprocessable Content",
 "status": 422, "detail": "Must not be longer than 2000 characters (UTF-16 units).", "instance": "/v1/collections/articles/documents",
 "code": "request.rejected", "requestId": "304d7390-07e0-40a5-a301-6b8316c07e6d",
 "errors": [{"pointer": "/title", "code": "text.too_long", "message": "Must not be longer than 2000 characters (UTF-16 units)."}]}
""")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        String instance,
        String code,
        String requestId,
        @Nullable List<Violation> errors,
        @Nullable Long currentVersion,
        @Nullable Long matched,
        @Nullable Long retryAfter) {

    /** The media type of problem details. */
    public static final String JSON = "application/problem+json";

    private static final int UNAUTHORIZED = 401;

    /** The parts for which HTTP has headers. */
    Map<String, String> headers() {
        Map<String, String> headers = new TreeMap<>();
        if (status == UNAUTHORIZED) {
            headers.put(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"tandem\"");
        }
        if (currentVersion != null) {
            headers.put(HttpHeaders.ETAG, "\"" + currentVersion + "\"");
        }
        if (retryAfter != null) {
            headers.put(HttpHeaders.RETRY_AFTER, retryAfter.toString());
        }
        return headers;
    }
}
