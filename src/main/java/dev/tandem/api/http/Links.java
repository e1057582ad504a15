package dev.tandem.api.http;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.UriInfo;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Addresses in answers: paths without a host, because only the client knows the name that it reached this service by.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8288">RFC 8288</a>
 */
public final class Links {

    private static final String CURSOR = "cursor=";

    private Links() {}

    /** Where to find what was added here under the name. */
    public static String below(UriInfo uri, String name) {
        String path = uri.getRequestUri().getRawPath();
        String segment = URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
        return (path.endsWith("/") ? path : path + "/") + segment;
    }

    /** Adds where the next page is: this address with the cursor. */
    public static <T> ResponseBuilder<T> next(ResponseBuilder<T> answer, UriInfo uri, @Nullable String cursor) {
        if (cursor == null) {
            return answer;
        }
        String query = uri.getRequestUri().getRawQuery();
        Stream<String> others = query == null
                ? Stream.of()
                : Arrays.stream(query.split("&")).filter(parameter -> !parameter.startsWith(CURSOR));
        String next = Stream.concat(others, Stream.of(CURSOR + cursor)).collect(Collectors.joining("&"));
        return answer.header(HttpHeaders.LINK, "<" + uri.getRequestUri().getRawPath() + "?" + next + ">; rel=\"next\"");
    }
}
