package dev.tandem.api.collection;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.api.access.Caller;
import dev.tandem.api.access.Requires;
import dev.tandem.api.http.Segments;
import dev.tandem.api.idempotency.IdempotentPosts;
import dev.tandem.api.job.JobAnswers;
import dev.tandem.api.job.JobView;
import dev.tandem.api.json.PatchReader;
import dev.tandem.domain.access.Right;
import dev.tandem.factory.collection.CollectionPatch;
import dev.tandem.service.collection.CopyingService;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Copies of collections. Who makes one needs to read all of the collection, and to be allowed to make one of the successor's name. */
@Path("/v1/collections")
@Tag(name = "Collections")
@Produces(MediaType.APPLICATION_JSON)
public class CopyResource {

    private final CopyingService copying;
    private final PatchReader bodies;
    private final IdempotentPosts once;
    private final Caller caller;

    CopyResource(CopyingService copying, PatchReader bodies, IdempotentPosts once, Caller caller) {
        this.copying = copying;
        this.bodies = bodies;
        this.once = once;
        this.caller = caller;
    }

    @POST
    @Path("{name:" + Segments.WHOLE + "}:copy")
    @Consumes(MediaType.APPLICATION_JSON)
    @Requires(Right.READ)
    @Operation(
            operationId = "copyCollection",
            summary = "Make a successor of the collection, with other settings and the same documents")
    @APIResponse(
            responseCode = "202",
            description = "A job will copy the documents",
            content =
                    @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = JobView.class)))
    @APIResponse(responseCode = "409", ref = "Problem409")
    public Uni<RestResponse<Object>> copy(
            @RestPath String name,
            @RequestBody(content = @Content(schema = @Schema(implementation = CopyRequest.class))) JsonNode body) {
        Map<String, @Nullable Object> members = bodies.read(body, CopyRequest.class);
        CopyRequest request = bodies.body(members, CopyRequest.class);
        caller.requireOnNew(Right.ADMIN, String.valueOf(request.name()));
        return once.answer(
                copying.copy(caller.principal(), name, new CollectionPatch(members), request.follows()),
                job -> JobAnswers.accepted(job).build());
    }
}
