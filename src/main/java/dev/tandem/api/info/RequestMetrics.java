package dev.tandem.api.info;

import dev.tandem.api.http.RouteTemplate;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.config.MeterFilter;
import io.quarkus.micrometer.runtime.HttpServerMetricsTagsContributor;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Bounds the series in which requests are counted. A request that reaches no route would be counted under its own address and method, so
 * whoever invents these would make a series with each request, until routes that exist are no longer counted. Also, the names of
 * collections are no business of those who read metrics.
 */
@Singleton
class RequestMetrics implements MeterFilter, HttpServerMetricsTagsContributor {

    private static final String METER = "http.server.requests";
    private static final String ROUTE = "uri";
    private static final String METHOD = "method";
    private static final String OTHER = "OTHER";

    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT");

    /** What is neither a resource, whose template is learned, nor an invention. */
    private static final Set<String> FIXED = Set.of(
            "root",
            "NOT_FOUND",
            "REDIRECTION",
            "UNKNOWN",
            "/cors-preflight",
            // A route of Vert.x, by its name.
            "/v1/collections/{name}/documents:import",
            "/q/health",
            "/q/health/live",
            "/q/health/ready",
            "/q/health/started",
            "/q/metrics",
            "/q/openapi");

    private final Set<String> templates = ConcurrentHashMap.newKeySet();

    /** Adds no tag, but learns the template. It is called before a request is counted. */
    @Override
    public Tags contribute(Context context) {
        String template = context.requestContextLocalData(RouteTemplate.KEY);
        if (template != null) {
            templates.add(RouteTemplate.plain(template));
        }
        return Tags.empty();
    }

    @Override
    public Meter.Id map(Meter.Id id) {
        if (!id.getName().equals(METER)) {
            return id;
        }
        List<Tag> tags = new ArrayList<>();
        for (Tag tag : id.getTagsAsIterable()) {
            tags.add(bounded(tag));
        }
        return id.replaceTags(tags);
    }

    private Tag bounded(Tag tag) {
        return switch (tag.getKey()) {
            case ROUTE -> Tag.of(ROUTE, route(tag.getValue()));
            case METHOD -> METHODS.contains(tag.getValue()) ? tag : Tag.of(METHOD, OTHER);
            default -> tag;
        };
    }

    private String route(String path) {
        String plain = RouteTemplate.plain(path);
        return templates.contains(plain) || FIXED.contains(plain) ? plain : OTHER;
    }
}
