package dev.tandem.api.parked;

import dev.tandem.api.access.Caller;
import dev.tandem.api.access.Requires;
import dev.tandem.api.http.Query;
import dev.tandem.api.idempotency.IdempotentPosts;
import dev.tandem.domain.access.Right;
import dev.tandem.service.maintenance.ParkedService;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** The parked documents of all collections. */
@Path("/v1")
@Tag(name = "Parked")
@Produces(MediaType.APPLICATION_JSON)
public class ParkedResource {

    private final ParkedService parked;
    private final IdempotentPosts once;
    private final Caller caller;

    ParkedResource(ParkedService parked, IdempotentPosts once, Caller caller) {
        this.parked = parked;
        this.once = once;
        this.caller = caller;
    }

    @GET
    @Path("parked")
    @Requires(value = Right.READ, on = Requires.On.SOME)
    @Operation(operationId = "listParked", summary = "List the parked documents of all collections, newest first")
    public Uni<ParkedListView> list(@RestQuery @Nullable String limit) {
        return parked.list(caller.grants(), Query.limit(limit)).map(ParkedListView::of);
    }

    @POST
    @Path("parked:retry")
    @Requires(value = Right.WRITE, on = Requires.On.SOME)
    @Operation(operationId = "retryParked", summary = "Try to embed all parked documents again")
    public Uni<RestResponse<RetryView>> retry() {
        return once.answer(parked.retryAll(caller.grants()), retried -> RestResponse.ok(new RetryView(retried)));
    }
}
