package dev.tandem.api.http;

import io.vertx.core.http.impl.HttpServerRequestInternal;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The address of the route of a request, such as {@code /v1/collections/{name}}, with the patterns of its parameters. Requests are counted under it. */
public final class RouteTemplate {

    /** Where Quarkus keeps it, in the local data of the request. */
    public static final String KEY = "UrlPathTemplate";

    private static final Pattern PATTERN = Pattern.compile("\\{(\\w+):[^}]*}");

    private RouteTemplate() {}

    /** The template of the resource that a request has reached; empty if it has reached none, or if requests are not counted. */
    public static Optional<String> of(RoutingContext request) {
        @Nullable
        String template =
                ((HttpServerRequestInternal) request.request()).context().getLocal(KEY);
        return Optional.ofNullable(template);
    }

    /** Counts a request under this template, though it has not reached the resource. */
    public static void set(RoutingContext request, String template) {
        ((HttpServerRequestInternal) request.request()).context().putLocal(KEY, template);
    }

    /** A template without the patterns of its parameters and a slash at its end, as the API's description names it. */
    public static String plain(String template) {
        String plain = PATTERN.matcher(template).replaceAll("{$1}");
        boolean hasSlash = plain.length() > 1 && plain.endsWith("/");
        return hasSlash ? plain.substring(0, plain.length() - 1) : plain;
    }
}
