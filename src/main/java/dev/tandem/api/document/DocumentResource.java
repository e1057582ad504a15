package dev.tandem.api.document;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.api.access.Author;
import dev.tandem.api.access.Caller;
import dev.tandem.api.access.Requires;
import dev.tandem.api.http.Conditions;
import dev.tandem.api.http.Links;
import dev.tandem.api.http.Preferences;
import dev.tandem.api.http.WriteAnswers;
import dev.tandem.api.idempotency.IdempotentPosts;
import dev.tandem.api.json.PatchReader;
import dev.tandem.domain.access.Right;
import dev.tandem.factory.document.DocumentPatch;
import dev.tandem.service.document.DocumentService;
import dev.tandem.service.document.FetchService;
import dev.tandem.service.document.StoredDocument;
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
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;
import org.jspecify.annotations.Nullable;

/** Documents: create, read, change, delete. */
@Path("/v1/collections")
@Tag(name = "Documents")
@Produces(MediaType.APPLICATION_JSON)
public class DocumentResource {

    private final DocumentService documents;
    private final FetchService reads;
    private final WriteAnswers sequences;
    private final IdempotentPosts once;
    private final PatchReader patches;
    private final Caller caller;

    DocumentResource(
            DocumentService documents,
            FetchService reads,
            WriteAnswers sequences,
            IdempotentPosts once,
            PatchReader patches,
            Caller caller) {
        this.documents = documents;
        this.reads = reads;
        this.sequences = sequences;
        this.once = once;
        this.patches = patches;
        this.caller = caller;
    }

    @POST
    @Path("{name}/documents")
    @Consumes(MediaType.APPLICATION_JSON)
    @Requires(Right.WRITE)
    @Operation(
            operationId = "createDocument",
            summary = "Create a document; if the body has no key, the id becomes the key")
    @APIResponseSchema(value = DocumentView.class, responseCode = "201", responseDescription = "Created")
    public Uni<RestResponse<DocumentView>> create(
            @RestPath String name,
            DocumentRequest body,
            @BeanParam Author author,
            @BeanParam Preferences preferences,
            UriInfo uri) {
        return sequences.once(
                documents.create(name, body.toDraft().by(author.name())),
                written -> ResponseBuilder.create(RestResponse.Status.CREATED, DocumentView.of(written.document()))
                        .header(
                                HttpHeaders.LOCATION,
                                Links.below(uri, written.document().key())),
                preferences);
    }

    @PUT
    @Path("{name}/documents/{key}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Requires(Right.WRITE)
    @Operation(operationId = "putDocument", summary = "Create a document or replace it as a whole")
    @APIResponse(responseCode = "200", description = "OK")
    @APIResponseSchema(value = DocumentView.class, responseCode = "201", responseDescription = "Created")
    @APIResponse(responseCode = "409", ref = "Problem409")
    @APIResponse(responseCode = "428", ref = "Problem428")
    public Uni<RestResponse<DocumentView>> put(
            @RestPath String name,
            @RestPath String key,
            DocumentRequest body,
            @BeanParam Conditions conditions,
            @BeanParam Author author,
            @BeanParam Preferences preferences) {
        return documents
                .put(name, key, body.toDraft().by(author.name()), conditions.forChange())
                .chain(written -> sequences.answer(
                        ResponseBuilder.create(
                                written.created() ? RestResponse.Status.CREATED : RestResponse.Status.OK,
                                DocumentView.of(written.document())),
                        written,
                        preferences));
    }

    /** This also serves HEAD. */
    @GET
    @Path("{name}/documents/{key}")
    @Requires(value = Right.READ, scoped = true)
    @Operation(operationId = "getDocument", summary = "Read a document")
    public Uni<RestResponse<DocumentView>> get(
            @RestPath String name,
            @Parameter(description = "The document's key, percent-encoded", example = "article-1") @RestPath String key,
            @Parameter(description = Inclusion.DESCRIPTION, example = "vector") @RestQuery @Nullable String include,
            @BeanParam Conditions conditions) {
        if (Inclusion.ofVector(Inclusion.words(include))) {
            return reads.withVectors(name, caller.scope(), key).map(DocumentResource::withVectors);
        }
        return reads.get(name, caller.scope(), key)
                .map(document -> conditions.has(document.version())
                        ? Conditions.<DocumentView>notModified(document.version())
                        : ResponseBuilder.ok(DocumentView.of(document))
                                .header(HttpHeaders.ETAG, Conditions.tag(document.version()))
                                .build());
    }

    @PATCH
    @Path("{name}/documents/{key}")
    @Consumes({PatchReader.MEDIA_TYPE, MediaType.APPLICATION_JSON})
    @Requires(Right.WRITE)
    @Operation(operationId = "patchDocument", summary = "Change a document by a merge patch")
    @APIResponse(responseCode = "200", description = "OK")
    @APIResponse(responseCode = "409", ref = "Problem409")
    @APIResponse(responseCode = "428", ref = "Problem428")
    public Uni<RestResponse<DocumentView>> patch(
            @RestPath String name,
            @RestPath String key,
            JsonNode patch,
            @BeanParam Conditions conditions,
            @BeanParam Author author,
            @BeanParam Preferences preferences) {
        DocumentPatch changes = new DocumentPatch(patches.read(patch, DocumentRequest.class));
        return documents
                .patch(name, key, changes, conditions.forChange(), author.name())
                .chain(written -> sequences.answer(
                        ResponseBuilder.ok(DocumentView.of(written.document())), written, preferences));
    }

    @DELETE
    @Path("{name}/documents/{key}")
    @Requires(Right.WRITE)
    @Operation(operationId = "deleteDocument", summary = "Delete a document")
    @APIResponse(responseCode = "204", description = "No Content")
    @APIResponse(responseCode = "409", ref = "Problem409")
    @APIResponse(responseCode = "428", ref = "Problem428")
    public Uni<RestResponse<Void>> delete(
            @RestPath String name,
            @RestPath String key,
            @BeanParam Conditions conditions,
            @BeanParam Author author,
            @BeanParam Preferences preferences) {
        return documents
                .delete(name, key, conditions.forChange(), author.name())
                .chain(written -> sequences.visible(ResponseBuilder.noContent(), written, preferences));
    }

    /** Never 304: vectors are made and made again without a new version. */
    private static RestResponse<DocumentView> withVectors(StoredDocument stored) {
        return ResponseBuilder.ok(DocumentView.of(stored))
                .header(HttpHeaders.ETAG, Conditions.tag(stored.document().version()))
                .build();
    }
}
