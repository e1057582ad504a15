package dev.tandem.api.maintenance;

import dev.tandem.api.access.Requires;
import dev.tandem.api.http.Query;
import dev.tandem.api.http.Segments;
import dev.tandem.api.idempotency.IdempotentPosts;
import dev.tandem.api.job.JobAnswers;
import dev.tandem.api.job.JobView;
import dev.tandem.api.json.OptionalBody;
import dev.tandem.domain.access.Right;
import dev.tandem.service.maintenance.MaintenanceService;
import dev.tandem.service.maintenance.ModelMoveService;
import dev.tandem.service.maintenance.MoveService;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Jobs that rebuild or compare what is derived from a collection's documents. */
@Path("/v1/collections")
@Tag(name = "Collections")
@Produces(MediaType.APPLICATION_JSON)
public class MaintenanceResource {

    private final MaintenanceService maintenance;
    private final MoveService moves;
    private final ModelMoveService modelMoves;
    private final OptionalBody bodies;
    private final IdempotentPosts once;

    MaintenanceResource(
            MaintenanceService maintenance,
            MoveService moves,
            ModelMoveService modelMoves,
            OptionalBody bodies,
            IdempotentPosts once) {
        this.maintenance = maintenance;
        this.moves = moves;
        this.modelMoves = modelMoves;
        this.bodies = bodies;
        this.once = once;
    }

    @POST
    @Path("{name:" + Segments.WHOLE + "}:reembed")
    @Requires(Right.ADMIN)
    @Operation(
            operationId = "reembedCollection",
            summary = "Make the vectors of the collection's model again, or move it to another model")
    @APIResponse(
            responseCode = "202",
            description = "A job will do it",
            content =
                    @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = JobView.class)))
    @RequestBody(
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = ReembedRequest.class)))
    public Uni<RestResponse<Object>> reembed(
            @RestPath String name, byte @Nullable [] body, @Context HttpHeaders headers) {
        ReembedRequest request = bodies.read(body, headers.getMediaType(), ReembedRequest.class);
        return once.answer(
                request == null ? maintenance.reembed(name) : modelMoves.move(name, request.model(), request.metric()),
                job -> JobAnswers.accepted(job).build());
    }

    @POST
    @Path("{name:" + Segments.WHOLE + "}:rebuild")
    @Requires(Right.ADMIN)
    @Operation(
            operationId = "rebuildCollection",
            summary = "Rebuild the collection's search index, or move it to another engine")
    @APIResponse(
            responseCode = "202",
            description = "A job will do it",
            content =
                    @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = JobView.class)))
    @RequestBody(
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = RebuildRequest.class)))
    public Uni<RestResponse<Object>> rebuild(
            @RestPath String name, byte @Nullable [] body, @Context HttpHeaders headers) {
        RebuildRequest request = bodies.read(body, headers.getMediaType(), RebuildRequest.class);
        String engine = request == null ? null : request.engine();
        return once.answer(
                engine == null ? maintenance.rebuild(name) : moves.move(name, engine),
                job -> JobAnswers.accepted(job).build());
    }

    @POST
    @Path("{name:" + Segments.WHOLE + "}:reconcile")
    @Requires(Right.ADMIN)
    @Operation(operationId = "reconcileCollection", summary = "Compare the collection's rows with its search index")
    @APIResponse(
            responseCode = "202",
            description = "A job will do it",
            content =
                    @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = JobView.class)))
    public Uni<RestResponse<Object>> reconcile(
            @RestPath String name,
            @Parameter(
                            description = "true repairs the differences; the default is false",
                            schema = @Schema(type = SchemaType.BOOLEAN, defaultValue = "false"))
                    @RestQuery
                    @Nullable
                    String repair) {
        return once.answer(maintenance.reconcile(name, Query.flag("repair", repair)), job -> JobAnswers.accepted(job)
                .build());
    }
}
