package dev.tandem.api.job;

import dev.tandem.api.callers.CallerSlots;
import dev.tandem.api.callers.RequestKind;
import dev.tandem.api.callers.Sender;
import dev.tandem.api.callers.Slots;
import dev.tandem.domain.access.Right;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.container.ContainerRequestContext;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Refuses event streams while that is still possible: a stream has answered 200 before its first event. */
class ListeningFilter {

    private final VisibleJobs visible;
    private final CallerSlots slots;

    ListeningFilter(VisibleJobs visible, Slots slots) {
        this.visible = visible;
        this.slots = slots.of(RequestKind.EVENTS);
    }

    @Listening
    @ServerRequestFilter
    public Uni<Void> check(ContainerRequestContext request, RoutingContext context) {
        slots.check(Sender.of(context));
        String id = String.valueOf(request.getUriInfo().getPathParameters().getFirst("id"));
        return visible.get(id, Right.READ).replaceWithVoid();
    }
}
