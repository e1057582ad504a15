package dev.tandem.api.document;

import dev.tandem.api.access.Caller;
import dev.tandem.api.access.Requires;
import dev.tandem.api.idempotency.IdempotentPosts;
import dev.tandem.domain.access.Right;
import dev.tandem.service.document.FetchService;
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

/** Many documents by their keys, in one call. */
@Path("/v1/collections")
@Tag(name = "Documents")
@Produces(MediaType.APPLICATION_JSON)
public class FetchResource {

    private final FetchService documents;
    private final IdempotentPosts once;
    private final Caller caller;

    FetchResource(FetchService documents, IdempotentPosts once, Caller caller) {
        this.documents = documents;
        this.once = once;
        this.caller = caller;
    }

    @POST
    @Path("{name}/documents:get")
    @Consumes(MediaType.APPLICATION_JSON)
    @Requires(value = Right.READ, scoped = true)
    @Operation(operationId = "getDocuments", summary = "Read many documents by their keys")
    public Uni<RestResponse<FetchView>> get(@RestPath String name, FetchRequest body) {
        FetchRequest.Wish wish = body.toWish();
        return once.read(
                documents.fetch(name, caller.scope(), wish.keys(), wish.withVectors()),
                fetched -> RestResponse.ok(FetchView.of(fetched)));
    }
}
