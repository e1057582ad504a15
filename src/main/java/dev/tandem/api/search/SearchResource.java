package dev.tandem.api.search;

import dev.tandem.api.access.Caller;
import dev.tandem.api.access.Requires;
import dev.tandem.api.callers.OfKind;
import dev.tandem.api.callers.RequestKind;
import dev.tandem.api.http.WriteAnswers;
import dev.tandem.api.idempotency.IdempotentPosts;
import dev.tandem.domain.access.Right;
import dev.tandem.service.search.SearchService;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Searches of a collection. */
@Path("/v1/collections")
@Tag(name = "Search")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class SearchResource {

    private final SearchService searches;
    private final IdempotentPosts once;
    private final Caller caller;

    SearchResource(SearchService searches, IdempotentPosts once, Caller caller) {
        this.searches = searches;
        this.once = once;
        this.caller = caller;
    }

    @POST
    @Path("{name}/search")
    @Requires(value = Right.READ, scoped = true)
    @OfKind(RequestKind.SEARCH)
    @Operation(operationId = "search", summary = "Search by keywords, by vector, or by both, with a filter")
    public Uni<RestResponse<SearchView>> search(
            @RestPath String name,
            SearchRequest body,
            @Parameter(
                            description = "Answer once everything up to this sequence is visible",
                            schema = @Schema(type = SchemaType.INTEGER, format = "int64"))
                    @RestHeader(WriteAnswers.HEADER)
                    @Nullable
                    String sequence) {
        return once.read(
                searches.search(name, caller.scope(), body.toDraft(sequence)),
                result -> RestResponse.ok(SearchView.of(result)));
    }
}
