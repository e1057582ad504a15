package dev.tandem.api.callers;

import dev.tandem.api.callers.KnownRoutes.Route;
import dev.tandem.api.http.RouteTemplate;
import dev.tandem.api.request.ApiAddress;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Optional;

/**
 * Refuses a request that {@link Admission} would refuse, before a route is chosen for it. The service then is at its limit, and each refusal takes time
 * from the requests that are let in; here it takes half as much.
 */
@ApplicationScoped
class EarlyRefusal {

    private static final int AFTER_AUTHENTICATION = 894;
    private static final List<RequestKind> KINDS = List.of(RequestKind.READ, RequestKind.WRITE, RequestKind.SEARCH);

    private final Admission admission;
    private final KnownRoutes routes;
    private final Slots slots;

    EarlyRefusal(Admission admission, KnownRoutes routes, Slots slots) {
        this.admission = admission;
        this.routes = routes;
        this.slots = slots;
    }

    void register(@Observes Filters filters) {
        filters.register(this::check, AFTER_AUTHENTICATION);
    }

    private void check(RoutingContext context) {
        if (!ApiAddress.isOf(context)) {
            context.next();
            return;
        }
        String caller = Sender.of(context);
        Optional<Route> full = isAnyFull(caller)
                ? routes.find(context.request().method(), context.normalizedPath())
                        .filter(route -> slots.of(route.kind()).isFull(caller))
                : Optional.empty();
        full.ifPresentOrElse(route -> refuse(context, route), context::next);
    }

    /** Seldom, so most requests are not looked up. */
    private boolean isAnyFull(String caller) {
        for (RequestKind kind : KINDS) {
            if (slots.of(kind).isFull(caller)) {
                return true;
            }
        }
        return false;
    }

    private void refuse(RoutingContext context, Route route) {
        RouteTemplate.set(context, route.template());
        context.fail(admission.refusal(context, route.kind()));
    }
}
