package dev.tandem.api.search;

import dev.tandem.api.access.Caller;
import dev.tandem.api.access.Requires;
import dev.tandem.api.callers.Admission;
import dev.tandem.api.callers.OfKind;
import dev.tandem.api.callers.RequestKind;
import dev.tandem.api.http.WriteAnswers;
import dev.tandem.api.idempotency.IdempotentPosts;
import dev.tandem.domain.access.Right;
import dev.tandem.service.search.SearchBatch;
import dev.tandem.service.search.SearchBatch.Asked;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
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

    private final SearchPages searches;
    private final SearchBatchReader reader;
    private final SearchBatch batches;
    private final IdempotentPosts once;
    private final Caller caller;
    private final Admission admission;
    private final CurrentVertxRequest current;

    SearchResource(
            SearchPages searches,
            SearchBatchReader reader,
            SearchBatch batches,
            IdempotentPosts once,
            Caller caller,
            Admission admission,
            CurrentVertxRequest current) {
        this.searches = searches;
        this.reader = reader;
        this.batches = batches;
        this.once = once;
        this.caller = caller;
        this.admission = admission;
        this.current = current;
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
        return once.read(searches.search(name, body, sequence), RestResponse::ok);
    }

    @POST
    @Path("{name}/search:batch")
    @Requires(value = Right.READ, scoped = true)
    @OfKind(RequestKind.SEARCH)
    @Operation(operationId = "searchBatch", summary = "Run up to 64 searches, each of which is answered by itself")
    public Uni<RestResponse<SearchBatchView>> batch(
            @RestPath String name,
            @RequestBody(
                            required = true,
                            content = @Content(schema = @Schema(implementation = SearchBatchRequest.class)))
                    byte[] body,
            @Parameter(
                            description = "Answer once everything up to this sequence is visible",
                            schema = @Schema(type = SchemaType.INTEGER, format = "int64"))
                    @RestHeader(WriteAnswers.HEADER)
                    @Nullable
                    String sequence) {
        RoutingContext request = current.getCurrent();
        List<Asked> asked = reader.read(body, sequence);
        admission.admitFurther(request, RequestKind.SEARCH, asked.size() - 1);
        return once.read(
                batches.search(name, caller.scope(), asked),
                outcomes -> RestResponse.ok(SearchBatchView.of(outcomes, request)));
    }
}
