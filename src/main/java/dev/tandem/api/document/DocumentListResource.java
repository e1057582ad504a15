package dev.tandem.api.document;

import dev.tandem.api.access.Caller;
import dev.tandem.api.access.Requires;
import dev.tandem.api.idempotency.IdempotentPosts;
import dev.tandem.api.paging.Paging;
import dev.tandem.domain.access.Right;
import dev.tandem.domain.access.Scope;
import dev.tandem.domain.document.DocumentQuery;
import dev.tandem.service.document.DocumentListService;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Lists of documents. */
@Path("/v1/collections")
@Tag(name = "Documents")
@Produces(MediaType.APPLICATION_JSON)
public class DocumentListResource {

    private final DocumentListService pages;
    private final DocumentListReader lists;
    private final IdempotentPosts once;
    private final Caller caller;

    DocumentListResource(DocumentListService pages, DocumentListReader lists, IdempotentPosts once, Caller caller) {
        this.pages = pages;
        this.lists = lists;
        this.once = once;
        this.caller = caller;
    }

    @GET
    @Path("{name}/documents")
    @Requires(value = Right.READ, scoped = true)
    @Operation(operationId = "listDocuments", summary = "List documents")
    public Uni<RestResponse<DocumentListView>> list(
            @RestPath String name,
            @Parameter(description = "A filter as JSON", example = "{\"year\": {\"$gte\": 2020}}") @RestQuery @Nullable
                    String filter,
            @Parameter(
                            example = "-metadata.year,title",
                            description = "The order",
                            schema = @Schema(ref = "DocumentOrder"))
                    @RestQuery
                    @Nullable
                    String sort,
            @BeanParam Paging paging,
            @Parameter(
                            description = "none, estimated or exact",
                            schema = @Schema(implementation = DocumentQuery.Count.class, defaultValue = "none"))
                    @RestQuery
                    @Nullable
                    String count,
            @Parameter(description = Inclusion.DESCRIPTION, example = "vector") @RestQuery @Nullable String include) {
        DocumentListRequest request = new DocumentListRequest(
                lists.filter(filter), sort, paging.limit(), paging.cursor(), count, Inclusion.words(include));
        return page(name, request).map(page -> paging.answer(page, page.nextCursor()));
    }

    @POST
    @Path("{name}/documents:query")
    @Consumes(MediaType.APPLICATION_JSON)
    @Requires(value = Right.READ, scoped = true)
    @Operation(operationId = "queryDocuments", summary = "List documents; the parameters are in the body")
    public Uni<RestResponse<DocumentListView>> query(@RestPath String name, DocumentListRequest body) {
        return once.read(page(name, body), RestResponse::ok);
    }

    private Uni<DocumentListView> page(String name, DocumentListRequest request) {
        boolean withVectors = Inclusion.ofVector(request.include());
        Scope scope = caller.scope();
        return lists.page(
                name,
                request,
                query -> withVectors ? pages.listWithVectors(name, scope, query) : pages.list(name, scope, query));
    }
}
