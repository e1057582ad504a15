package dev.tandem.api.http;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.UriInfo;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;
import org.jspecify.annotations.Nullable;

/** Web links (RFC 8288) of pages. */
public final class Links {

    private Links() {}

    /** Adds where the next page is: this address with the cursor. */
    public static <T> ResponseBuilder<T> next(ResponseBuilder<T> answer, UriInfo uri, @Nullable String cursor) {
        if (cursor == null) {
            return answer;
        }
        String next = uri.getRequestUriBuilder()
                .replaceQueryParam("cursor", cursor)
                .build()
                .toString();
        return answer.header(HttpHeaders.LINK, "<" + next + ">; rel=\"next\"");
    }
}
