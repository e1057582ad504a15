package dev.tandem.api.collection;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.api.access.Caller;
import dev.tandem.api.access.Requires;
import dev.tandem.api.http.Conditions;
import dev.tandem.api.http.Links;
import dev.tandem.api.http.Segments;
import dev.tandem.api.idempotency.IdempotentPosts;
import dev.tandem.api.json.PatchReader;
import dev.tandem.api.paging.Cursors;
import dev.tandem.api.paging.PageView;
import dev.tandem.api.paging.Paging;
import dev.tandem.domain.access.Grants;
import dev.tandem.domain.access.Right;
import dev.tandem.domain.collection.Collection;
import dev.tandem.factory.collection.CollectionPatch;
import dev.tandem.service.collection.CollectionService;
import dev.tandem.service.collection.RenamingService;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/** Collections: sets of documents and the settings for embedding, analysing and checking them. */
@Path("/v1/collections")
@Tag(name = "Collections")
@Produces(MediaType.APPLICATION_JSON)
public class CollectionResource {

    private final CollectionService collections;
    private final IdempotentPosts once;
    private final PatchReader patches;
    private final Caller caller;
    private final Cursors cursors;
    private final RenamingService renaming;

    CollectionResource(
            CollectionService collections,
            RenamingService renaming,
            IdempotentPosts once,
            PatchReader patches,
            Caller caller,
            Cursors cursors) {
        this.cursors = cursors;
        this.renaming = renaming;
        this.collections = collections;
        this.once = once;
        this.patches = patches;
        this.caller = caller;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Requires(value = Right.ADMIN, on = Requires.On.SOME)
    @Operation(operationId = "createCollection", summary = "Create a collection")
    @APIResponseSchema(value = CollectionView.class, responseCode = "201", responseDescription = "Created")
    public Uni<RestResponse<CollectionView>> create(CollectionRequest body, UriInfo uri) {
        caller.requireOnNew(Right.ADMIN, String.valueOf(body.name()));
        return once.answer(collections.create(caller.principal(), body.toDraft()), collection -> ResponseBuilder.create(
                        RestResponse.Status.CREATED, CollectionView.of(collection))
                .header(HttpHeaders.LOCATION, Links.below(uri, collection.name()))
                .header(HttpHeaders.ETAG, Conditions.tag(collection.version()))
                .build());
    }

    @GET
    @Requires(value = Right.READ, on = Requires.On.SOME)
    @Operation(operationId = "listCollections", summary = "List collections, ordered by name")
    public Uni<RestResponse<PageView<CollectionView>>> list(@BeanParam Paging paging) {
        Grants grants = caller.grants();
        return cursors.<String>of("collections", name -> name, name -> name).chain(cursor -> collections
                .list(grants, paging.place(cursor), paging.limit())
                .map(page -> paging.answer(page, CollectionView::of, last -> cursor.at(last.name()))));
    }

    @GET
    @Path("{name}")
    @Requires(Right.READ)
    @Operation(operationId = "getCollection", summary = "Read a collection")
    public Uni<RestResponse<CollectionView>> get(
            @Parameter(description = "The collection's name", example = "articles") @RestPath String name,
            @BeanParam Conditions conditions) {
        return collections
                .get(name)
                .map(collection -> conditions.has(collection.version())
                        ? Conditions.<CollectionView>notModified(collection.version())
                        : described(collection));
    }

    @PUT
    @Path("{name}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Requires(Right.ADMIN)
    @Operation(
            operationId = "replaceCollection",
            summary = "Replace a collection's description; members that the body omits are reset to their defaults")
    @APIResponse(responseCode = "200", description = "OK")
    @APIResponse(responseCode = "409", ref = "Problem409")
    public Uni<RestResponse<CollectionView>> replace(
            @RestPath String name, CollectionRequest body, @BeanParam Conditions conditions) {
        return collections.replace(name, body.toDraft(), conditions.forChange()).map(CollectionResource::described);
    }

    @PATCH
    @Path("{name}")
    @Consumes({PatchReader.MEDIA_TYPE, MediaType.APPLICATION_JSON})
    @Requires(Right.ADMIN)
    @Operation(operationId = "patchCollection", summary = "Change a collection's description by a merge patch")
    @APIResponse(responseCode = "200", description = "OK")
    @APIResponse(responseCode = "409", ref = "Problem409")
    public Uni<RestResponse<CollectionView>> patch(
            @RestPath String name, JsonNode patch, @BeanParam Conditions conditions) {
        CollectionPatch changes = new CollectionPatch(patches.read(patch, CollectionRequest.class));
        return collections.patch(name, changes, conditions.forChange()).map(CollectionResource::described);
    }

    @DELETE
    @Path("{name}")
    @Requires(Right.ADMIN)
    @Operation(operationId = "deleteCollection", summary = "Delete a collection with everything in it")
    @APIResponse(responseCode = "204", description = "No Content")
    @APIResponse(responseCode = "409", ref = "Problem409")
    public Uni<RestResponse<Void>> delete(@RestPath String name, @BeanParam Conditions conditions) {
        return collections.delete(name, conditions.forChange()).replaceWith(RestResponse.noContent());
    }

    @POST
    @Path("{name:" + Segments.WHOLE + "}:rename")
    @Consumes(MediaType.APPLICATION_JSON)
    @Requires(Right.ADMIN)
    @Operation(operationId = "renameCollection", summary = "Give a collection another name")
    @APIResponse(responseCode = "200", description = "OK")
    public Uni<RestResponse<CollectionView>> rename(
            @RestPath String name, RenameRequest body, @BeanParam Conditions conditions) {
        caller.requireOnNew(Right.ADMIN, String.valueOf(body.name()));
        return once.answer(
                renaming.rename(name, body.name(), body.keepsAlias(), conditions.forChange()),
                CollectionResource::described);
    }

    private static RestResponse<CollectionView> described(Collection collection) {
        return ResponseBuilder.ok(CollectionView.of(collection))
                .header(HttpHeaders.ETAG, Conditions.tag(collection.version()))
                .build();
    }
}
