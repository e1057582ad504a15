package dev.tandem.api.gate;

import dev.tandem.api.request.ApiAddress;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads Accept for what it means here, before a resource is chosen by it. JAX-RS would refuse a request for the media type of an answer
 * that has no body, and for a media range that it cannot read beside others that it can.
 *
 * <p>Two requests are never refused: one whose answer has no body, and one that accepts problems. Generated clients name the only media type
 * that the description of an operation has, and of a deletion that is the one of its problems. A conditional GET is not among the
 * first: it is refused if the same GET without its conditions is.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-12.5.1">RFC 9110, section 12.5.1</a>
 */
@ApplicationScoped
class AcceptedTypes {

    private static final int AFTER_REQUEST_GATE = 890;
    private static final String PROBLEM = "application/problem+json";
    private static final String ANYTHING = "*/*";
    private static final Set<HttpMethod> WITHOUT_BODY = Set.of(HttpMethod.DELETE, HttpMethod.HEAD);

    /** Without its parameters: every media type here comes in one form only. */
    private static final Pattern RANGE =
            Pattern.compile("\\s*([!#$%&'*+.^_`|~0-9A-Za-z-]+/[!#$%&'*+.^_`|~0-9A-Za-z-]+)\\s*(?:;.*)?");

    void register(@Observes Filters filters) {
        filters.register(AcceptedTypes::read, AFTER_REQUEST_GATE);
    }

    private static void read(RoutingContext context) {
        HttpServerRequest request = context.request();
        List<String> said = request.headers().getAll(HttpHeaders.ACCEPT);
        if (!said.isEmpty() && ApiAddress.isOf(context)) {
            request.headers().set(HttpHeaders.ACCEPT, read(request.method(), String.join(",", said)));
        }
        context.next();
    }

    /** What is accepted, in a form that JAX-RS understands; as it came where nothing in it can be understood. */
    static String read(HttpMethod method, String said) {
        if (said.isBlank() || WITHOUT_BODY.contains(method)) {
            return ANYTHING;
        }
        List<String> ranges = new ArrayList<>();
        for (String one : said.split(",", -1)) {
            Matcher range = RANGE.matcher(one);
            if (range.matches()) {
                ranges.add(range.group(1).toLowerCase(Locale.ROOT));
            }
        }
        if (ranges.contains(PROBLEM)) {
            return ANYTHING;
        }
        return ranges.isEmpty() ? said : String.join(",", ranges);
    }
}
