package dev.tandem.api.revision;

import dev.tandem.api.access.Author;
import dev.tandem.api.access.Requires;
import dev.tandem.api.document.DocumentView;
import dev.tandem.api.http.Conditions;
import dev.tandem.api.http.Preferences;
import dev.tandem.api.http.Segments;
import dev.tandem.api.http.WriteAnswers;
import dev.tandem.api.paging.Cursors;
import dev.tandem.api.paging.PageView;
import dev.tandem.api.paging.Paging;
import dev.tandem.domain.access.Right;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.service.document.DocumentService;
import dev.tandem.service.document.HistoryService;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/** The revisions of documents: list, read and restore them. */
@Path("/v1/collections/{name}/documents/{key}/revisions")
@Tag(name = "Revisions")
@Produces(MediaType.APPLICATION_JSON)
public class RevisionResource {

    private final HistoryService history;
    private final DocumentService documents;
    private final WriteAnswers sequences;
    private final Cursors cursors;

    RevisionResource(HistoryService history, DocumentService documents, WriteAnswers sequences, Cursors cursors) {
        this.cursors = cursors;
        this.history = history;
        this.documents = documents;
        this.sequences = sequences;
    }

    @GET
    @Requires(Right.READ)
    @Operation(operationId = "listRevisions", summary = "List the versions of a document, newest first")
    public Uni<RestResponse<PageView<RevisionView>>> list(
            @RestPath String name, @RestPath String key, @BeanParam Paging paging) {
        return cursors.<Long>of("revisions\n" + name + "\n" + key, String::valueOf, Long::valueOf)
                .chain(cursor -> history.list(name, key, paging.place(cursor), paging.limit())
                        .map(page -> paging.answer(page, RevisionView::of, last -> cursor.at(last.version()))));
    }

    @GET
    @Path("{version}")
    @Requires(Right.READ)
    @Operation(operationId = "getRevision", summary = "Read a document as it was at a version")
    public Uni<RestResponse<DocumentView>> get(
            @RestPath String name,
            @RestPath String key,
            @Parameter(
                            description = "A version of the document",
                            example = "1",
                            schema = @Schema(type = SchemaType.INTEGER, format = "int64", minimum = "1"))
                    @RestPath
                    String version) {
        return history.get(name, key, number(version)).map(document -> ResponseBuilder.ok(DocumentView.of(document))
                .header(HttpHeaders.ETAG, Conditions.tag(document.version()))
                .build());
    }

    @POST
    @Path("{version:" + Segments.WHOLE + "}:restore")
    @Requires(Right.WRITE)
    @Operation(
            operationId = "restoreRevision",
            summary = "Restore a version of a document, also of one that has been deleted")
    @APIResponse(responseCode = "200", description = "OK")
    @APIResponseSchema(value = DocumentView.class, responseCode = "201", responseDescription = "Created")
    @APIResponse(responseCode = "428", ref = "Problem428")
    public Uni<RestResponse<DocumentView>> restore(
            @RestPath String name,
            @RestPath String key,
            @RestPath String version,
            @BeanParam Conditions conditions,
            @BeanParam Author author,
            @BeanParam Preferences preferences) {
        return sequences.once(
                documents.restore(name, key, number(version), conditions.forChange(), author.name()),
                written -> ResponseBuilder.create(
                        written.created() ? RestResponse.Status.CREATED : RestResponse.Status.OK,
                        DocumentView.of(written.document())),
                preferences);
    }

    private static long number(String version) {
        if (!version.matches("[1-9][0-9]{0,17}")) {
            throw new Refusal.Malformed("parameter.version", "/version", "A version must be a whole number from 1 on.");
        }
        return Long.parseLong(version);
    }
}
