package dev.tandem.api.openapi.schema;

import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

/**
 * Bodies that are streams: many documents, or events, one after the other. A client that read one as a single object would fail at its second
 * line, so each is described as text, and what a line contains as the schema of its content.
 */
public final class Streams {

    public static final String NDJSON = "application/x-ndjson";

    private static final Map<String, String> DESCRIPTIONS = Map.of(
            NDJSON,
            "Lines of JSON, each of which ends with a line feed and is an object of this schema.",
            MediaType.SERVER_SENT_EVENTS,
            "Server-sent events; the data of each is an object of this schema.");

    /** Streams of documents may be larger than a client's memory: generated clients make a file of them. */
    private static final Set<String> DOCUMENTS = Set.of("ExportView", "ImportLine");

    private Streams() {}

    public static void describe(OpenAPI api) {
        api.getPaths().getPathItems().values().stream()
                .flatMap(item -> item.getOperations().values().stream())
                .forEach(Streams::describe);
    }

    private static void describe(Operation operation) {
        if (operation.getRequestBody() != null) {
            describe(operation.getRequestBody().getContent());
        }
        for (APIResponse answer : operation.getResponses().getAPIResponses().values()) {
            if (answer.getContent() != null) {
                describe(answer.getContent());
            }
        }
    }

    private static void describe(Content content) {
        content.getMediaTypes().forEach((type, media) -> {
            String description = DESCRIPTIONS.get(type);
            if (description != null) {
                media.schema(stream(type, media.getSchema()).description(description));
            }
        });
    }

    private static Schema stream(String type, Schema line) {
        Schema stream = OASFactory.createSchema()
                .addType(SchemaType.STRING)
                .contentMediaType(type)
                .contentSchema(line);
        return DOCUMENTS.contains(Schemas.name(line)) ? stream.format("binary") : stream;
    }
}
