package dev.tandem.api.openapi.schema;

import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/**
 * Bodies that are streams: many documents, or events, one after the other. A client that read one as a single object would fail at its second
 * line, so each is described as text, and what a line contains as the schema of its content.
 */
public final class Streams {

    public static final String NDJSON = "application/x-ndjson";
    public static final String CSV = "text/csv";

    private static final Map<String, String> DESCRIPTIONS = Map.of(
            NDJSON,
            "Lines of JSON, each of which ends with a line feed and is an object of this schema.",
            CSV,
            "Rows of CSV in UTF-8, as RFC 4180 has them. Each is an object of this schema, in which the header names places.",
            MediaType.SERVER_SENT_EVENTS,
            "Server-sent events; the data of each is an object of this schema.");

    /**
     * Generated clients make a file of a binary answer, or hand out its stream; some of them read a text as JSON. They send a text as it is, but
     * some of them write a binary body as JSON.
     */
    private static final String DOWNLOAD = "binary";

    private Streams() {}

    public static void describe(OpenAPI api) {
        api.getPaths().getPathItems().values().stream()
                .flatMap(item -> item.getOperations().values().stream())
                .forEach(Streams::describe);
    }

    private static void describe(Operation operation) {
        if (operation.getRequestBody() != null) {
            describe(operation.getRequestBody().getContent(), null);
        }
        for (APIResponse answer : operation.getResponses().getAPIResponses().values()) {
            if (answer.getContent() != null) {
                describe(answer.getContent(), DOWNLOAD);
            }
        }
    }

    private static void describe(Content content, @Nullable String format) {
        content.getMediaTypes().forEach((type, media) -> {
            String description = DESCRIPTIONS.get(type);
            if (description != null) {
                media.schema(OASFactory.createSchema()
                        .addType(SchemaType.STRING)
                        .format(format)
                        .contentMediaType(type)
                        .contentSchema(media.getSchema())
                        .description(description));
            }
        });
    }
}
