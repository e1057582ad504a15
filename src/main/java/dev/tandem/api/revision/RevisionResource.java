package dev.tandem.api.revision;

import dev.tandem.api.document.DocumentView;
import dev.tandem.api.http.Author;
import dev.tandem.api.http.Conditions;
import dev.tandem.api.http.Links;
import dev.tandem.api.http.Preferences;
import dev.tandem.api.http.Query;
import dev.tandem.api.http.WriteAnswers;
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
import jakarta.ws.rs.core.UriInfo;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;
import org.jspecify.annotations.Nullable;

/** What documents were before: list, read, restore. */
@Path("/v1/collections/{name}/documents/{key}/revisions")
@Tag(name = "Revisions")
@Produces(MediaType.APPLICATION_JSON)
public class RevisionResource {

    private static final int DEFAULT_PAGE = 100;
    private static final int LARGEST_PAGE = 1_000;

    private final HistoryService history;
    private final DocumentService documents;
    private final WriteAnswers sequences;

    RevisionResource(HistoryService history, DocumentService documents, WriteAnswers sequences) {
        this.history = history;
        this.documents = documents;
        this.sequences = sequences;
    }

    @GET
    @Operation(operationId = "listRevisions", summary = "List the versions of a document, newest first")
    public Uni<RestResponse<RevisionListView>> list(
            @RestPath String name,
            @RestPath String key,
            @RestQuery @Nullable String limit,
            @RestQuery @Nullable String cursor,
            UriInfo uri) {
        int most = Query.limit(limit, DEFAULT_PAGE, LARGEST_PAGE);
        return history.list(name, key, RevisionCursor.decode(cursor, name, key), most)
                .map(found -> RevisionListView.of(found, most, name, key))
                .map(page -> Links.next(ResponseBuilder.ok(page), uri, page.nextCursor())
                        .build());
    }

    @GET
    @Path("{version}")
    @Operation(operationId = "getRevision", summary = "Read a document as it was in a version")
    public Uni<RestResponse<DocumentView>> get(@RestPath String name, @RestPath String key, @RestPath String version) {
        return history.get(name, key, number(version)).map(document -> ResponseBuilder.ok(DocumentView.of(document))
                .header(HttpHeaders.ETAG, Conditions.tag(document.version()))
                .build());
    }

    @POST
    @Path("{version}:restore")
    @Operation(
            operationId = "restoreRevision",
            summary = "Make a document be what it was in a version, also one that has been deleted")
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
            throw new Refusal.Malformed("parameter.version", "/version", "A version is a whole number from 1 on.");
        }
        return Long.parseLong(version);
    }
}
