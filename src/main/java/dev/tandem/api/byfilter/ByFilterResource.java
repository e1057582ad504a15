package dev.tandem.api.byfilter;

import dev.tandem.api.access.Author;
import dev.tandem.api.access.Requires;
import dev.tandem.api.http.Preferences;
import dev.tandem.api.http.WriteAnswers;
import dev.tandem.api.idempotency.IdempotentPosts;
import dev.tandem.api.job.JobAnswers;
import dev.tandem.api.job.JobView;
import dev.tandem.api.json.PatchReader;
import dev.tandem.domain.access.Right;
import dev.tandem.factory.job.ByFilterDraft;
import dev.tandem.factory.job.ByKeysDraft;
import dev.tandem.service.byfilter.ByFilterAnswer;
import dev.tandem.service.byfilter.ByFilterOutcome;
import dev.tandem.service.byfilter.ByFilterService;
import dev.tandem.service.byfilter.ByKeysService;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/** Changes by filter: deletes or changes all documents that match. A change of many documents becomes a job. */
@Path("/v1/collections")
@Tag(name = "Documents")
@Produces(MediaType.APPLICATION_JSON)
public class ByFilterResource {

    private final ByFilterService service;
    private final ByKeysService byKeys;
    private final WriteAnswers sequences;
    private final PatchReader patches;
    private final IdempotentPosts once;

    ByFilterResource(
            ByFilterService service,
            ByKeysService byKeys,
            WriteAnswers sequences,
            PatchReader patches,
            IdempotentPosts once) {
        this.service = service;
        this.byKeys = byKeys;
        this.sequences = sequences;
        this.patches = patches;
        this.once = once;
    }

    @POST
    @Path("{name}/documents:delete")
    @Consumes(MediaType.APPLICATION_JSON)
    @Requires(Right.WRITE)
    @Operation(
            operationId = "deleteDocuments",
            summary = "Delete all documents that a filter matches, or those with these keys")
    @APIResponse(
            responseCode = "200",
            description = "Done",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = AffectedView.class)))
    @APIResponse(
            responseCode = "202",
            description = "A job will make the change",
            content =
                    @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = JobView.class)))
    @APIResponse(responseCode = "428", ref = "Problem428")
    public Uni<RestResponse<Object>> delete(
            @RestPath String name,
            DeleteByFilterRequest body,
            @BeanParam Author author,
            @BeanParam Preferences preferences) {
        if (body.namesKeys()) {
            return delete(name, body.toKeysDraft(author), Boolean.TRUE.equals(body.dryRun()), preferences);
        }
        ByFilterDraft draft = body.toDraft(author);
        return Boolean.TRUE.equals(body.dryRun())
                ? count(name, draft)
                : once(service.delete(name, draft, preferences.async()), AffectedView::deleted, preferences);
    }

    @POST
    @Path("{name}/documents:update")
    @Consumes(MediaType.APPLICATION_JSON)
    @Requires(Right.WRITE)
    @Operation(operationId = "updateDocuments", summary = "Change all documents that a filter matches by a merge patch")
    @APIResponse(
            responseCode = "200",
            description = "Done",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = AffectedView.class)))
    @APIResponse(
            responseCode = "202",
            description = "A job will make the change",
            content =
                    @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = JobView.class)))
    @APIResponse(responseCode = "428", ref = "Problem428")
    public Uni<RestResponse<Object>> update(
            @RestPath String name,
            UpdateByFilterRequest body,
            @BeanParam Author author,
            @BeanParam Preferences preferences) {
        ByFilterDraft draft = body.toDraft(patches, author);
        return Boolean.TRUE.equals(body.dryRun())
                ? count(name, draft)
                : once(service.update(name, draft, preferences.async()), AffectedView::updated, preferences);
    }

    private Uni<RestResponse<Object>> delete(
            String name, ByKeysDraft draft, boolean isDryRun, Preferences preferences) {
        return isDryRun
                ? once.answer(byKeys.count(name, draft), counted -> RestResponse.ok(AffectedView.counted(counted)))
                : once(byKeys.delete(name, draft, preferences.async()), AffectedView::deletedByKeys, preferences);
    }

    private Uni<RestResponse<Object>> count(String name, ByFilterDraft draft) {
        return once.answer(service.count(name, draft), matched -> RestResponse.ok(AffectedView.counted(matched)));
    }

    private Uni<RestResponse<Object>> once(
            Uni<ByFilterAnswer> work, Function<ByFilterOutcome, AffectedView> view, Preferences preferences) {
        return once.keep(work, answer -> answer(answer, view, preferences).build())
                .chain(answer -> switch (answer) {
                    case ByFilterAnswer.Done done ->
                        sequences.visible(
                                answer(done, view, preferences),
                                done.collectionId(),
                                done.outcome().sequence(),
                                preferences);
                    case ByFilterAnswer.Begun begun ->
                        Uni.createFrom()
                                .item(() -> answer(begun, view, preferences).build());
                });
    }

    private static ResponseBuilder<Object> answer(
            ByFilterAnswer answer, Function<ByFilterOutcome, AffectedView> view, Preferences preferences) {
        return switch (answer) {
            case ByFilterAnswer.Done done ->
                WriteAnswers.sequenced(
                        ResponseBuilder.<Object>ok(view.apply(done.outcome())),
                        done.outcome().sequence());
            case ByFilterAnswer.Begun begun -> preferences.applyAsync(JobAnswers.accepted(begun.job()));
        };
    }
}
