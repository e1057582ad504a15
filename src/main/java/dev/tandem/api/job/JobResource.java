package dev.tandem.api.job;

import dev.tandem.api.access.Caller;
import dev.tandem.api.access.Requires;
import dev.tandem.api.callers.OfKind;
import dev.tandem.api.callers.RequestKind;
import dev.tandem.api.callers.Sender;
import dev.tandem.api.http.EnumParameters;
import dev.tandem.api.http.Ids;
import dev.tandem.api.http.Segments;
import dev.tandem.api.idempotency.IdempotentPosts;
import dev.tandem.api.paging.Cursors;
import dev.tandem.api.paging.PageView;
import dev.tandem.api.paging.Paging;
import dev.tandem.domain.access.Grants;
import dev.tandem.domain.access.Right;
import dev.tandem.domain.job.Job;
import dev.tandem.domain.job.JobQuery;
import dev.tandem.domain.job.JobState;
import dev.tandem.service.job.JobService;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;
import org.jspecify.annotations.Nullable;

/** Jobs: read, follow and cancel them. */
@Path("/v1/jobs")
@Tag(name = "Jobs")
@Produces(MediaType.APPLICATION_JSON)
public class JobResource {

    private static final String NDJSON = "application/x-ndjson";

    private final JobService jobs;
    private final JobEvents events;
    private final Cursors cursors;
    private final IdempotentPosts once;
    private final VisibleJobs visible;
    private final Caller caller;

    JobResource(
            JobService jobs,
            JobEvents events,
            Cursors cursors,
            IdempotentPosts once,
            VisibleJobs visible,
            Caller caller) {
        this.cursors = cursors;
        this.jobs = jobs;
        this.events = events;
        this.once = once;
        this.visible = visible;
        this.caller = caller;
    }

    @GET
    @Requires(value = Right.READ, on = Requires.On.SOME)
    @Operation(operationId = "listJobs", summary = "List jobs, newest first")
    public Uni<RestResponse<PageView<JobView>>> list(
            @Parameter(
                            description = "queued, running, succeeded, failed or canceled",
                            schema = @Schema(implementation = JobState.class))
                    @RestQuery
                    @Nullable
                    String state,
            @Parameter(description = "The name of a collection", example = "articles") @RestQuery @Nullable
                    String collection,
            @BeanParam Paging paging) {
        JobState wanted = EnumParameters.read(JobState.class, "state", state, "parameter.state");
        Grants grants = caller.grants();
        return cursors.of("jobs\n" + wanted + "\n" + collection, UUID::toString, UUID::fromString)
                .chain(cursor -> jobs.list(
                                new JobQuery(grants, wanted, collection, paging.place(cursor), paging.limit()))
                        .map(page -> paging.answer(page, JobView::of, last -> cursor.at(last.id()))));
    }

    @GET
    @Path("{id}")
    @Requires(value = Right.READ, on = Requires.On.SOME)
    @Operation(operationId = "getJob", summary = "Read a job's progress")
    public Uni<RestResponse<JobView>> get(
            @Parameter(
                            description = "The job's id",
                            example = "01a20669-cd09-715e-bbab-3600711aa0e0",
                            schema = @Schema(type = SchemaType.STRING, format = "uuid"))
                    @RestPath
                    String id) {
        return visible.get(id, Right.READ).map(job -> JobAnswers.looked(ResponseBuilder.ok(JobView.of(job)), job)
                .build());
    }

    @POST
    @Path("{id:" + Segments.WHOLE + "}:cancel")
    @Requires(value = Right.WRITE, on = Requires.On.SOME)
    @Operation(operationId = "cancelJob", summary = "Cancel a job; what it has done stays")
    @APIResponse(
            responseCode = "200",
            description = "The job has ended",
            content =
                    @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = JobView.class)))
    @APIResponse(
            responseCode = "202",
            description = "The job ends after its present step",
            content =
                    @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = JobView.class)))
    public Uni<RestResponse<JobView>> cancel(@RestPath String id) {
        return once.answer(visible.get(id, Right.WRITE).chain(job -> jobs.cancel(job.id())), job -> JobAnswers.looked(
                        ResponseBuilder.create(
                                job.state().isEnded() ? RestResponse.Status.OK : RestResponse.Status.ACCEPTED,
                                JobView.of(job)),
                        job)
                .build());
    }

    @GET
    @Path("{id}/errors")
    @Produces(NDJSON)
    @Requires(value = Right.READ, on = Requires.On.SOME)
    @Operation(operationId = "listJobErrors", summary = "List the errors of single documents, one per line")
    @APIResponse(
            responseCode = "200",
            description = "One error per line",
            content = @Content(mediaType = NDJSON, schema = @Schema(implementation = JobErrorView.class)))
    public Multi<JobErrorView> errors(@RestPath String id) {
        return visible.get(id, Right.READ)
                .onItem()
                .transformToMulti(job -> jobs.errors(job.id()))
                .map(JobErrorView::of);
    }

    @GET
    @Path("{id}/events")
    @Listening
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Requires(value = Right.READ, on = Requires.On.SOME)
    @OfKind(RequestKind.EVENTS)
    @Operation(operationId = "listenToJob", summary = "Follow a job's progress to its end")
    @APIResponse(
            responseCode = "200",
            description = "Events named progress, and a last one named ended; their data is the job",
            content =
                    @Content(
                            mediaType = MediaType.SERVER_SENT_EVENTS,
                            schema = @Schema(implementation = JobView.class)))
    public Multi<OutboundSseEvent> events(@RestPath String id, @Context Sse sse, @Context RoutingContext request) {
        return events.of(Ids.read(id, Job.NOUN), sse, Sender.of(request));
    }
}
