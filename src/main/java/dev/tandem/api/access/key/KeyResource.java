package dev.tandem.api.access.key;

import dev.tandem.api.access.Caller;
import dev.tandem.api.access.Requires;
import dev.tandem.api.http.Links;
import dev.tandem.api.http.Segments;
import dev.tandem.api.idempotency.IdempotentPosts;
import dev.tandem.api.json.OptionalBody;
import dev.tandem.api.paging.Cursors;
import dev.tandem.api.paging.PageView;
import dev.tandem.api.paging.Paging;
import dev.tandem.domain.access.Principal;
import dev.tandem.domain.access.Right;
import dev.tandem.service.access.ApiKeyService;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Keys: make, list, rotate and revoke them. An answer with a key is never stored, so an Idempotency-Key changes nothing here: a key whose
 * answer was lost is revoked, and another one is made.
 */
@Path("/v1/keys")
@Tag(name = "Keys")
@Produces(MediaType.APPLICATION_JSON)
public class KeyResource {

    private final ApiKeyService keys;
    private final Caller caller;
    private final OptionalBody bodies;
    private final IdempotentPosts once;
    private final Cursors cursors;

    KeyResource(ApiKeyService keys, Caller caller, OptionalBody bodies, IdempotentPosts once, Cursors cursors) {
        this.keys = keys;
        this.caller = caller;
        this.bodies = bodies;
        this.once = once;
        this.cursors = cursors;
    }

    @POST
    @Requires(value = Right.ADMIN, on = Requires.On.KEYS)
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "createKey", summary = "Make a key; it is shown in this answer only")
    @APIResponseSchema(value = ApiKeyView.class, responseCode = "201", responseDescription = "Created")
    public Uni<RestResponse<ApiKeyView>> create(ApiKeyRequest body, UriInfo uri) {
        return once.read(
                keys.create(caller.principal(), body.toDraft(), caller.requestId()),
                made -> ResponseBuilder.create(RestResponse.Status.CREATED, ApiKeyView.of(made))
                        .header(
                                HttpHeaders.LOCATION,
                                Links.below(uri, made.key().id()))
                        .build());
    }

    @GET
    @Requires(value = Right.ADMIN, on = Requires.On.KEYS)
    @Operation(operationId = "listKeys", summary = "List the keys that allow no more than you may do")
    public Uni<RestResponse<PageView<ApiKeyView>>> list(@BeanParam Paging paging) {
        Principal principal = caller.principal();
        return cursors.<String>of("keys", id -> id, id -> id)
                .chain(cursor -> keys.list(principal, paging.place(cursor), paging.limit())
                        .map(page -> paging.answer(page, ApiKeyView::of, last -> cursor.at(last.id()))));
    }

    @GET
    @Path("{id}")
    @Requires(value = Right.ADMIN, on = Requires.On.KEYS)
    @Operation(operationId = "getKey", summary = "Read what a key allows and when it was used")
    public Uni<ApiKeyView> get(
            @Parameter(description = "The key's id: the 12 characters after tdm_", example = "5tBq0Xg3LmZa") @RestPath
                    String id) {
        return keys.get(caller.principal(), id).map(ApiKeyView::of);
    }

    @POST
    @Path("{id:" + Segments.WHOLE + "}:rotate")
    @Requires(value = Right.ADMIN, on = Requires.On.KEYS)
    @Operation(operationId = "rotateKey", summary = "Give a key another secret; it is shown in this answer only")
    @RequestBody(
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = RotationRequest.class)))
    public Uni<RestResponse<ApiKeyView>> rotate(
            @RestPath String id, byte @Nullable [] body, @Context HttpHeaders headers) {
        RotationRequest rotation = bodies.read(body, headers.getMediaType(), RotationRequest.class);
        String overlap = rotation == null ? null : rotation.overlap();
        return once.read(
                keys.rotate(caller.principal(), id, overlap, caller.requestId()),
                made -> RestResponse.ok(ApiKeyView.of(made)));
    }

    @DELETE
    @Path("{id}")
    @Requires(value = Right.ADMIN, on = Requires.On.KEYS)
    @Operation(operationId = "revokeKey", summary = "Revoke a key and every key that was made from it")
    @APIResponse(responseCode = "204", description = "No Content")
    public Uni<RestResponse<Void>> revoke(@RestPath String id) {
        return keys.revoke(caller.principal(), id, caller.requestId()).replaceWith(RestResponse.noContent());
    }
}
