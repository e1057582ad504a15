package dev.tandem.api.gate;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * What every answer tells a browser: to take it for what its media type says, and, if it came over TLS, to use nothing else for a year.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6797">RFC 6797: HTTP Strict Transport Security</a>
 */
@ApplicationScoped
class SecurityHeaders {

    private static final int BEFORE_REQUEST_GATE = 950;

    private static final String HTTPS = "https";

    void register(@Observes Filters filters) {
        filters.register(SecurityHeaders::add, BEFORE_REQUEST_GATE);
    }

    private static void add(RoutingContext context) {
        HttpServerRequest request = context.request();
        HttpServerResponse response = context.response();
        response.putHeader("X-Content-Type-Options", "nosniff");
        // Behind a proxy that is trusted, the scheme is that of the request to the proxy.
        if (HTTPS.equals(request.scheme())) {
            response.putHeader("Strict-Transport-Security", "max-age=31536000");
        }
        context.next();
    }
}
