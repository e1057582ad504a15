package dev.tandem.api.callers;

import dev.tandem.api.http.RouteTemplate;
import io.vertx.core.http.HttpMethod;
import jakarta.inject.Singleton;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The routes that requests have reached so far. It finds the route of an address without the search that JAX-RS makes, and before that. An
 * address of a route that nobody has asked for yet is not found.
 */
@Singleton
class KnownRoutes {

    private static final Pattern PARAMETER = Pattern.compile("\\{\\w+}");
    private static final String ANY_SEGMENT = "[^/]+";

    private final Map<HttpMethod, Map<String, Route>> routes = new ConcurrentHashMap<>();

    /** @param template of the address, such as {@code /v1/collections/{name}} */
    record Route(String template, RequestKind kind, Pattern address, int literals) {

        static Route of(String template, RequestKind kind) {
            StringBuilder address = new StringBuilder();
            int literals = 0;
            int end = 0;
            String plain = RouteTemplate.plain(template);
            Matcher parameter = PARAMETER.matcher(plain);
            while (parameter.find()) {
                address.append(Pattern.quote(plain.substring(end, parameter.start())))
                        .append(ANY_SEGMENT);
                literals += parameter.start() - end;
                end = parameter.end();
            }
            address.append(Pattern.quote(plain.substring(end)));
            literals += plain.length() - end;
            return new Route(template, kind, Pattern.compile(address.toString()), literals);
        }
    }

    void learn(HttpMethod method, String template, RequestKind kind) {
        routes.computeIfAbsent(method, ignored -> new ConcurrentHashMap<>())
                .computeIfAbsent(template, ignored -> Route.of(template, kind));
    }

    /** As in JAX-RS, of several routes the one with most literal characters counts. */
    Optional<Route> find(HttpMethod method, String path) {
        return routes.getOrDefault(method, Map.of()).values().stream()
                .filter(route -> route.address().matcher(path).matches())
                .max(Comparator.comparingInt(Route::literals));
    }
}
