package dev.tandem.api.gate;

import dev.tandem.domain.refusal.Refusal;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rules that make it unambiguous what a request is and where it ends. The HTTP server cannot read most of what breaks them, such as a body
 * with both a length and chunks. But it takes a request whose transfer coding it does not know for one without a body, and the body for the
 * next request.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9112#section-6">RFC 9112, section 6</a>
 */
final class FramingRules {

    private static final String CODING = "chunked";

    private FramingRules() {}

    /** Why the end of a request cannot be told, or null. Nothing that follows such a request on its connection may be read. */
    static @Nullable Refusal refusal(HttpServerRequest request) {
        if (request.connection() instanceof ConnectionBase connection && FoldedLines.wereSeen(connection.channel())) {
            return new Refusal.Malformed("http.folded_header", "", "A header must not go on in the next line.");
        }
        if (request.version() == null) {
            return new Refusal.Malformed("http.version", "", "This version of HTTP is not spoken here.");
        }
        List<String> codings = request.headers().getAll(HttpHeaders.TRANSFER_ENCODING);
        if (codings.isEmpty()) {
            return null;
        }
        boolean isChunked = codings.size() == 1 && codings.getFirst().equalsIgnoreCase(CODING);
        return isChunked && !request.headers().contains(HttpHeaders.CONTENT_LENGTH)
                ? null
                : new Refusal.Malformed(
                        "http.framing",
                        "",
                        "Transfer-Encoding must be 'chunked' or left out, and a body with it has no Content-Length.");
    }
}
