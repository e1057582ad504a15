package dev.tandem.api.gate;

import dev.tandem.api.request.ApiAddress;
import dev.tandem.domain.refusal.Refusal;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rules that keep web pages of others out. A browser sends the requests of any page that its user visits to any address that it can
 * reach, also to a service on the developer's own machine, and a simple request needs no permission beforehand. A page can even give its own
 * name the address of this service (DNS rebinding). The browser then counts both as the same origin, but the host in the request tells.
 *
 * @param hosts the {@linkplain #name names} under which the service is called; empty if any will do
 * @param sharesOrigins whether pages of other origins are allowed by the configuration of CORS, which then judges them
 * @see <a href="https://www.w3.org/TR/fetch-metadata/">Fetch Metadata Request Headers</a>
 */
record OriginRules(Set<String> hosts, boolean sharesOrigins) {

    private static final String FETCH_SITE = "Sec-Fetch-Site";

    /** What a browser says of a request that its user made, or a page of this service. */
    private static final Set<String> OWN_SITES = Set.of("same-origin", "none");

    private static final Set<HttpMethod> SAFE =
            Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS, HttpMethod.TRACE);

    /** Why a request is refused by where it comes from or goes to, or null. */
    @Nullable
    Refusal refusal(RoutingContext context) {
        HttpServerRequest request = context.request();
        HostAndPort authority = request.authority();
        boolean isNameless = authority == null && request.version() != HttpVersion.HTTP_1_0;
        if (isNameless || request.headers().getAll(HttpHeaders.HOST).size() > 1) {
            return new Refusal.Malformed("host.malformed", "", "A request must name one host.");
        }
        // A browser always names a host, and what is not the API guards itself.
        if (authority == null || !ApiAddress.isOf(context)) {
            return null;
        }
        if (!hosts.isEmpty() && !hosts.contains(name(authority.host()))) {
            return new Refusal.Denied(
                    "host.foreign",
                    "This service is not called by the name in Host. The setting tandem.api.hosts lists its names.");
        }
        if (!sharesOrigins && !SAFE.contains(request.method()) && isForeign(request.headers(), authority)) {
            return new Refusal.Denied(
                    "origin.foreign",
                    "A web page of another origin must not change anything here. See quarkus.http.cors.");
        }
        return null;
    }

    private static boolean isForeign(MultiMap headers, HostAndPort authority) {
        String site = headers.get(FETCH_SITE);
        if (site != null) {
            return !OWN_SITES.contains(site);
        }
        // Behind a proxy the scheme may differ, so only the authorities are compared.
        List<String> origins = headers.getAll(HttpHeaders.ORIGIN);
        return origins.stream().anyMatch(origin -> !authorityOf(origin).equalsIgnoreCase(authority.toString()));
    }

    /** A host's name as it is compared: in lower case, and an IPv6 address without its brackets. */
    static String name(String host) {
        boolean isBracketed = host.startsWith("[") && host.endsWith("]");
        return (isBracketed ? host.substring(1, host.length() - 1) : host).toLowerCase(Locale.ROOT);
    }

    /** What follows the scheme; the origin itself if it has none, as {@code null} has. */
    private static String authorityOf(String origin) {
        int scheme = origin.indexOf("://");
        return scheme < 0 ? origin : origin.substring(scheme + 3);
    }
}
