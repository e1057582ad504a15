package dev.tandem.api.access;

import dev.tandem.api.access.Requires.On;
import dev.tandem.api.access.Rights.Demand;
import dev.tandem.api.request.RequestIds;
import dev.tandem.domain.access.Principal;
import dev.tandem.domain.access.Right;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.service.access.Audit;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.UriInfo;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;
import org.jspecify.annotations.Nullable;

/** Refuses a request whose caller lacks the right that its route requires, and notes what administrators do. */
class Authorization {

    private static final String DONE = "done: %s";

    private static final int BEFORE_ALL_OTHERS = 100;
    private static final int ERRORS = 400;

    private final Rights rights;
    private final Audit audit;

    Authorization(Rights rights, Audit audit) {
        this.rights = rights;
        this.audit = audit;
    }

    /** Null, as a rule: the request then goes on at once. */
    @ServerRequestFilter(priority = BEFORE_ALL_OTHERS)
    public @Nullable Uni<Void> check(ResourceInfo resource, UriInfo uri, RoutingContext request) {
        Requires required = resource.getResourceMethod().getAnnotation(Requires.class);
        if (required == null) {
            throw new Refusal.Denied("access.closed", "Nobody may use this address.");
        }
        String collection = required.on() == Requires.On.RECORDS
                ? required.records()
                : String.valueOf(uri.getPathParameters().getFirst("name"));
        return rights.require(
                request,
                new Demand(required.value(), required.on(), required.scoped()),
                collection,
                operation(resource));
    }

    /** What changes keys is noted with the change itself. */
    @ServerResponseFilter
    public void note(
            ContainerRequestContext exchange,
            ContainerResponseContext answer,
            ResourceInfo resource,
            RoutingContext request) {
        Requires required = resource.getResourceMethod() == null
                ? null
                : resource.getResourceMethod().getAnnotation(Requires.class);
        boolean isDone = answer.getStatus() < ERRORS;
        if (isDone && required != null && required.value() == Right.ADMIN && required.on() != On.KEYS) {
            Principal principal = Caller.of(request);
            if (principal.isNamed()) {
                audit.count(
                        principal.name(),
                        DONE.formatted(operation(resource)),
                        exchange.getUriInfo().getPath(),
                        RequestIds.of(request));
            }
        }
    }

    private static String operation(ResourceInfo resource) {
        Operation described = resource.getResourceMethod().getAnnotation(Operation.class);
        return described == null ? resource.getResourceMethod().getName() : described.operationId();
    }
}
