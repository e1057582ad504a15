package dev.tandem.api.openapi;

import dev.tandem.api.http.Author;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;

/** Describes the import. It is a route of Vert.x, so there is no resource to generate a description from. */
final class ImportOperation {

    private static final String PATH = "/v1/collections/{name}/documents:import";
    private static final String NDJSON = "application/x-ndjson";
    private static final String LINE = "ImportLine";
    private static final String RESULT = "ImportResult";

    private ImportOperation() {}

    static void describe(OpenAPI api) {
        api.getComponents().addSchema(LINE, line()).addSchema(RESULT, result());
        api.getPaths().addPathItem(PATH, OASFactory.createPathItem().POST(operation()));
    }

    private static Operation operation() {
        return OASFactory.createOperation()
                .operationId("importDocuments")
                .summary(
                        "Import documents, one per line; lines are read as fast as they are written, and answered one by one")
                .addTag("Transfer")
                .addParameter(path())
                .addParameter(choice("mode", "upsert", "create", "replace"))
                .addParameter(choice("onError", "continue", "abort"))
                .addParameter(choice("results", "errors", "all"))
                .addParameter(author())
                .addParameter(header("Content-Encoding", "gzip, or left out"))
                .addParameter(header("Prefer", "respond-async makes a job write the lines"))
                .requestBody(OASFactory.createRequestBody()
                        .required(true)
                        .content(content(LINE, NDJSON, MediaType.APPLICATION_JSON)))
                .responses(OASFactory.createAPIResponses()
                        .addAPIResponse(
                                "200",
                                OASFactory.createAPIResponse()
                                        .description(
                                                "The results of refused lines or of all lines, and a summary at the end")
                                        .content(content(RESULT, NDJSON)))
                        .addAPIResponse(
                                "202",
                                OASFactory.createAPIResponse()
                                        .description(
                                                "A job will write the lines, because it was requested or because many lines were sent with"
                                                        + " an Idempotency-Key")
                                        .content(content("JobView", MediaType.APPLICATION_JSON))));
    }

    private static Parameter path() {
        return OASFactory.createParameter()
                .name("name")
                .in(Parameter.In.PATH)
                .required(true)
                .schema(text());
    }

    /** The first word is the default. */
    private static Parameter choice(String name, String... words) {
        return OASFactory.createParameter()
                .name(name)
                .in(Parameter.In.QUERY)
                .schema(text().enumeration(List.of((Object[]) words)).defaultValue(words[0]));
    }

    private static Parameter header(String name, String description) {
        return OASFactory.createParameter()
                .name(name)
                .in(Parameter.In.HEADER)
                .description(description)
                .schema(text());
    }

    private static Parameter author() {
        Parameter author = header(Author.HEADER, "The author of this write, for the documents' history");
        author.getSchema().minLength(1).maxLength(Author.LONGEST).pattern(Author.PATTERN);
        return author;
    }

    private static Content content(String schema, String... mediaTypes) {
        Content content = OASFactory.createContent();
        for (String mediaType : mediaTypes) {
            content.addMediaType(
                    mediaType,
                    OASFactory.createMediaType()
                            .schema(OASFactory.createSchema().ref(schema)));
        }
        return content;
    }

    private static Schema line() {
        return OASFactory.createSchema()
                .addType(SchemaType.OBJECT)
                .description("A document as in a PUT, or a line of an export")
                .addProperty("key", text())
                .addProperty("title", text())
                .addProperty("content", text())
                .addProperty("metadata", OASFactory.createSchema().addType(SchemaType.OBJECT))
                .addProperty("vector", OASFactory.createSchema().addType(SchemaType.ARRAY))
                .addProperty("ifVersion", number())
                .addProperty("model", text())
                .addProperty("chunks", OASFactory.createSchema().addType(SchemaType.ARRAY))
                .addExample(Map.of("key", "article-1", "title", "Tea", "ifVersion", 0));
    }

    private static Schema result() {
        return OASFactory.createSchema()
                .addType(SchemaType.OBJECT)
                .description("The result of a line; the last one is the summary of all lines")
                .addProperty("line", number())
                .addProperty("key", text())
                .addProperty("status", number())
                .addProperty("outcome", text())
                .addProperty("version", number())
                .addProperty("error", OASFactory.createSchema().addType(SchemaType.OBJECT))
                .addProperty("summary", OASFactory.createSchema().addType(SchemaType.OBJECT))
                .addExample(Map.of("line", 1, "key", "article-1", "status", 201, "outcome", "created", "version", 1));
    }

    private static Schema text() {
        return OASFactory.createSchema().addType(SchemaType.STRING);
    }

    private static Schema number() {
        return OASFactory.createSchema().addType(SchemaType.INTEGER);
    }
}
