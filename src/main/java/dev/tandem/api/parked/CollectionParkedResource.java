package dev.tandem.api.parked;

import dev.tandem.api.access.Requires;
import dev.tandem.api.http.Segments;
import dev.tandem.api.idempotency.IdempotentPosts;
import dev.tandem.api.paging.Cursors;
import dev.tandem.api.paging.PageView;
import dev.tandem.api.paging.Paging;
import dev.tandem.domain.access.Right;
import dev.tandem.domain.embedding.ParkedTask;
import dev.tandem.service.maintenance.ParkedService;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;

/** The parked documents of a collection. A person decides whether to try them again or to leave them as they are. */
@Path("/v1/collections/{name}/parked")
@Tag(name = "Parked")
@Produces(MediaType.APPLICATION_JSON)
public class CollectionParkedResource {

    private final ParkedService parked;
    private final Cursors cursors;
    private final IdempotentPosts once;

    CollectionParkedResource(ParkedService parked, Cursors cursors, IdempotentPosts once) {
        this.cursors = cursors;
        this.parked = parked;
        this.once = once;
    }

    @GET
    @Requires(Right.READ)
    @Operation(
            operationId = "listParkedOfCollection",
            summary = "List the parked documents of a collection, newest first")
    public Uni<RestResponse<PageView<ParkedView>>> list(@RestPath String name, @BeanParam Paging paging) {
        return cursors.of("parked of " + name, ParkedTask.Place::toString, ParkedTask.Place::parse)
                .chain(cursor -> parked.list(name, paging.place(cursor), paging.limit())
                        .map(page -> paging.answer(page, ParkedView::of, last -> cursor.at(last.place()))));
    }

    @POST
    @Path("{key:" + Segments.WHOLE + "}:retry")
    @Requires(Right.WRITE)
    @Operation(operationId = "retryParkedDocument", summary = "Try to embed a parked document again")
    public Uni<RestResponse<RetryView>> retry(@RestPath String name, @RestPath String key) {
        return once.answer(parked.retry(name, key).replaceWith(1), retried -> RestResponse.ok(new RetryView(retried)));
    }

    @DELETE
    @Path("{key}")
    @Requires(Right.WRITE)
    @Operation(operationId = "dropParkedDocument", summary = "Stop embedding a parked document until its text changes")
    public Uni<RestResponse<Void>> drop(
            @RestPath String name,
            @Parameter(description = "The document's key, percent-encoded", example = "article-1") @RestPath
                    String key) {
        return parked.drop(name, key).replaceWith(RestResponse.noContent());
    }
}
