package dev.tandem.api.request;

import io.vertx.ext.web.RoutingContext;

/** Which addresses belong to the API. What is beside it, such as probes and metrics, guards itself. */
public final class ApiAddress {

    private static final String BASE = "/v1/";

    private ApiAddress() {}

    /** Whether the request is to the API, by the address that routes are chosen by: {@code /%76%31/} is {@code /v1/} too. */
    public static boolean isOf(RoutingContext request) {
        return request.normalizedPath().startsWith(BASE);
    }
}
