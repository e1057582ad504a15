package dev.tandem.api.exports;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SequenceWriter;
import dev.tandem.api.access.Caller;
import dev.tandem.api.access.Requires;
import dev.tandem.api.callers.CallerSlots;
import dev.tandem.api.callers.OfKind;
import dev.tandem.api.callers.RequestKind;
import dev.tandem.api.callers.Sender;
import dev.tandem.api.callers.Slots;
import dev.tandem.api.document.DocumentListReader;
import dev.tandem.api.document.DocumentView;
import dev.tandem.api.http.Query;
import dev.tandem.domain.access.Right;
import dev.tandem.domain.metadata.Filter;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.service.document.StoredDocument;
import dev.tandem.service.transfer.ExportService;
import io.smallrye.mutiny.Multi;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotAcceptableException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Exports of a collection as lines of JSON or as CSV, streamed as fast as the client reads. */
@Path("/v1/collections")
@Tag(name = "Transfer")
public class ExportResource {

    private static final String NDJSON = "application/x-ndjson";
    private static final String CSV = "text/csv";
    private static final Set<String> PARAMETERS = Set.of("filter", "include", "columns");

    private final ExportService exports;
    private final DocumentListReader lists;
    private final ObjectMapper mapper;
    private final ObjectWriter writer;
    private final CallerSlots slots;
    private final Caller caller;

    ExportResource(ExportService exports, DocumentListReader lists, ObjectMapper mapper, Slots slots, Caller caller) {
        this.exports = exports;
        this.lists = lists;
        this.caller = caller;
        this.mapper = mapper;
        this.writer = mapper.writerFor(DocumentView.class).withRootValueSeparator("\n");
        this.slots = slots.of(RequestKind.EXPORT);
    }

    @GET
    @Path("{name}/documents:export")
    @Produces(NDJSON)
    @Requires(value = Right.READ, scoped = true)
    @OfKind(RequestKind.EXPORT)
    @Operation(operationId = "exportDocuments", summary = "Export documents, one per line or row")
    @APIResponse(
            responseCode = "200",
            description = "One document per line or row",
            content = {
                @Content(mediaType = NDJSON, schema = @Schema(implementation = DocumentView.class)),
                @Content(mediaType = CSV, schema = @Schema(implementation = DocumentRow.class))
            })
    public Multi<byte[]> export(
            @RestPath String name,
            @Parameter(description = "A filter as JSON", example = "{\"year\": {\"$gte\": 2020}}") @RestQuery @Nullable
                    String filter,
            @Parameter(description = Inclusion.DESCRIPTION, example = "chunks,vectors") @RestQuery @Nullable
                    String include,
            @Parameter(description = ExportColumns.DESCRIPTION, example = "key,title,year:number") @RestQuery @Nullable
                    String columns,
            UriInfo uri,
            @Context HttpHeaders headers,
            @Context RoutingContext request) {
        Query.only(PARAMETERS, uri);
        accepted(headers);
        if (columns != null) {
            throw new Refusal.Malformed("parameter.columns", "/columns", "Only text/csv has columns.");
        }
        Filter wanted = lists.readFilter(filter);
        Inclusion inclusion = Inclusion.of(include);
        return slots.hold(Sender.of(request), exports.export(name, caller.scope(), wanted, inclusion.any()))
                .map(read -> lines(read, inclusion));
    }

    /** With two methods to choose from, JAX-RS chooses this one for a client that accepts neither. */
    private static void accepted(HttpHeaders headers) {
        MediaType lines = MediaType.valueOf(NDJSON);
        if (headers.getAcceptableMediaTypes().stream().noneMatch(lines::isCompatible)) {
            throw new NotAcceptableException();
        }
    }

    /** The same as CSV, for which the client asks by its media type. */
    @GET
    @Path("{name}/documents:export")
    @Produces(CSV)
    @Requires(value = Right.READ, scoped = true)
    @OfKind(RequestKind.EXPORT)
    @Operation(hidden = true)
    public Multi<byte[]> exportRows(
            @RestPath String name,
            @RestQuery @Nullable String filter,
            @RestQuery @Nullable String include,
            @RestQuery @Nullable String columns,
            UriInfo uri,
            @Context RoutingContext request) {
        Query.only(PARAMETERS, uri);
        if (include != null) {
            throw new Refusal.Malformed("parameter.include", "/include", "text/csv has neither chunks nor vectors.");
        }
        Filter wanted = lists.readFilter(filter);
        RowWriter rows = new RowWriter(ExportColumns.of(columns), mapper);
        return slots.hold(Sender.of(request), exports.export(name, caller.scope(), wanted, false))
                .map(rows::write)
                .onCompletion()
                .ifEmpty()
                .continueWith(() -> List.of(rows.write(List.of())));
    }

    /** One write for each read, not one for each line. The stream adds the line break after the last line. */
    private byte[] lines(List<StoredDocument> read, Inclusion inclusion) {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        try (SequenceWriter line = writer.writeValues(lines)) {
            for (StoredDocument document : read) {
                line.write(inclusion.line(document));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a view can always be written as JSON", e);
        }
        return lines.toByteArray();
    }
}
