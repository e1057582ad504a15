package dev.tandem.api.callers;

import dev.tandem.api.access.Requires;
import dev.tandem.api.http.ContentLength;
import dev.tandem.api.http.RouteTemplate;
import dev.tandem.domain.access.Right;
import dev.tandem.domain.refusal.Refusal;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ResourceInfo;
import java.lang.reflect.Method;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Refuses a request at once when its caller asks for more than it may, or when as many requests of its kind are in flight as may be. Nothing of
 * its body has been read then.
 */
@Singleton
public class Admission {

    /** Before the rights are looked at: being refused is counted, too. */
    private static final int BEFORE_AUTHORIZATION = 90;

    private static final int UNIT_OF_BODY = 64 * 1024;

    private final Slots slots;
    private final Allowances allowances;
    private final KnownRoutes routes;

    Admission(Slots slots, Allowances allowances, KnownRoutes routes) {
        this.slots = slots;
        this.allowances = allowances;
        this.routes = routes;
    }

    @ServerRequestFilter(priority = BEFORE_AUTHORIZATION)
    public void admit(ResourceInfo resource, RoutingContext request) {
        RequestKind kind = kind(resource.getResourceMethod(), request.request());
        admit(request, kind);
        if (!kind.isStream()) {
            RouteTemplate.of(request)
                    .ifPresent(template -> routes.learn(request.request().method(), template, kind));
            new InFlight(slots.of(kind), Sender.of(request)).begin(request);
        }
    }

    /**
     * Counts a request to a route of Vert.x, which takes its slot itself.
     *
     * @throws dev.tandem.domain.refusal.Refusal.OverRate if its caller asks for more than it may
     */
    public void admit(RoutingContext request, RequestKind kind) {
        // Of a body without a length nothing is known yet.
        long announced = ContentLength.of(request.request().getHeader(HttpHeaders.CONTENT_LENGTH));
        allowances.spend(Sender.of(request), kind.cost() + announced / UNIT_OF_BODY);
    }

    /**
     * Counts what else a request asks for, as if it had been sent by itself.
     *
     * @throws dev.tandem.domain.refusal.Refusal.OverRate if its caller asks for more than it may
     */
    public void admitFurther(RoutingContext request, RequestKind kind, int more) {
        if (more > 0) {
            allowances.spend(Sender.of(request), (long) more * kind.cost());
        }
    }

    /** The refusal for a request of a kind of which no more can be in flight. */
    Refusal refusal(RoutingContext request, RequestKind kind) {
        try {
            admit(request, kind);
        } catch (Refusal.OverRate refusal) {
            return refusal;
        }
        return slots.of(kind).refusal(Sender.of(request));
    }

    private static RequestKind kind(Method route, HttpServerRequest request) {
        OfKind declared = route.getAnnotation(OfKind.class);
        if (declared != null) {
            return declared.value();
        }
        Requires required = route.getAnnotation(Requires.class);
        boolean isRead = request.method().equals(HttpMethod.GET)
                || request.method().equals(HttpMethod.HEAD)
                || (required != null && required.value() == Right.READ);
        return isRead ? RequestKind.READ : RequestKind.WRITE;
    }
}
