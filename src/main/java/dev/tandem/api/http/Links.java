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

/** Addresses in answers. They are paths without a host, because only the client knows by which host name it reached this service. */
public final class Links {

    private static final String CURSOR = "cursor=";

    private Links() {}

    /** The address of the thing with this name, below the present address. */
    public static String below(UriInfo uri, String name) {
        String path = uri.getRequestUri().getRawPath();
        String segment = URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
        return (path.endsWith("/") ? path : path + "/") + segment;
    }

    /** Adds the address of the next page: the present address with the cursor. */
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
