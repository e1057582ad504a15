package dev.tandem.api.facet;

import dev.tandem.api.access.Caller;
import dev.tandem.api.access.Requires;
import dev.tandem.api.idempotency.IdempotentPosts;
import dev.tandem.domain.access.Right;
import dev.tandem.service.facet.FacetService;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;

/** Facets of the documents of a list. */
@Path("/v1/collections")
@Tag(name = "Documents")
@Produces(MediaType.APPLICATION_JSON)
public class FacetResource {

    private final FacetService facets;
    private final IdempotentPosts once;
    private final Caller caller;

    FacetResource(FacetService facets, IdempotentPosts once, Caller caller) {
        this.facets = facets;
        this.once = once;
        this.caller = caller;
    }

    @POST
    @Path("{name}/documents:facets")
    @Consumes(MediaType.APPLICATION_JSON)
    @Requires(value = Right.READ, scoped = true)
    @Operation(operationId = "countFacets", summary = "Count values of the documents that a filter matches")
    public Uni<RestResponse<FacetsView>> count(@RestPath String name, FacetsRequest body) {
        return once.read(
                facets.count(name, caller.scope(), body.filter(), FacetRequest.toDrafts(body.facets())),
                counts -> RestResponse.ok(FacetsView.of(counts)));
    }
}
