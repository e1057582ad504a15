package dev.tandem.api.openapi;

import dev.tandem.api.access.Author;
import dev.tandem.api.imports.ImportParameters.OnError;
import dev.tandem.api.imports.ImportParameters.Results;
import dev.tandem.api.imports.csv.Delimiter;
import dev.tandem.api.openapi.schema.Streams;
import dev.tandem.api.openapi.schema.Words;
import dev.tandem.domain.transfer.ImportMode;
import dev.tandem.factory.rules.Choice;
import jakarta.ws.rs.core.MediaType;
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
    private static final String LINE = "ImportLine";
    private static final String RESULT = "ImportResult";
    private static final String IGNORED = "Ignored";

    private ImportOperation() {}

    static void describe(OpenAPI api) {
        api.getComponents().addSchema(RESULT, result()).addSchema(IGNORED, ignored());
        api.getPaths().addPathItem(PATH, OASFactory.createPathItem().POST(operation()));
    }

    private static Operation operation() {
        return OASFactory.createOperation()
                .operationId("importDocuments")
                .summary(
                        "Import documents, one per line; lines are read as fast as they are written, and answered one by one")
                .addTag("Transfer")
                .addParameter(path())
                .addParameter(choice(
                        "mode",
                        "create refuses keys that exist, replace keys that do not, upsert neither; merge refuses keys that do not exist, and each line is a"
                                + " merge patch of its document",
                        ImportMode.UPSERT))
                .addParameter(choice("onError", "abort ends the import at the first refused line", OnError.CONTINUE))
                .addParameter(choice("results", "Which lines are answered: refused ones or all", Results.ERRORS))
                .addParameter(OASFactory.createParameter()
                        .name("delimiter")
                        .in(Parameter.In.QUERY)
                        .description("Of text/csv; if it is left out, the file says it")
                        .schema(Words.of(Delimiter.class)))
                .addParameter(author())
                .addParameter(header("Content-Encoding", "gzip, or left out"))
                .addParameter(header("Prefer", "respond-async makes a job write the lines"))
                .requestBody(OASFactory.createRequestBody()
                        .required(true)
                        .description("Documents, one per line or row, or a JSON array of documents")
                        .content(content(LINE, Streams.NDJSON, Streams.CSV)
                                .addMediaType(
                                        MediaType.APPLICATION_JSON,
                                        OASFactory.createMediaType()
                                                .schema(OASFactory.createSchema()
                                                        .addType(SchemaType.ARRAY)
                                                        .items(OASFactory.createSchema()
                                                                .ref(LINE))))))
                .responses(OASFactory.createAPIResponses()
                        .addAPIResponse(
                                "200",
                                OASFactory.createAPIResponse()
                                        .description(
                                                "The results of refused lines or of all lines, and a summary at the end")
                                        .content(content(RESULT, Streams.NDJSON)))
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

    private static Parameter choice(String name, String description, Enum<?> usual) {
        return OASFactory.createParameter()
                .name(name)
                .in(Parameter.In.QUERY)
                .description(description)
                .schema(Words.of(usual.getDeclaringClass()).defaultValue(Choice.word(usual)));
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

    /** A member of any type. */
    private static Schema ignored() {
        return OASFactory.createSchema().description("Ignored: an export writes it, but Tandem sets it");
    }

    /** A line of the answer: the result of a line of the body, or at the end the summary. */
    private static Schema result() {
        return OASFactory.createSchema()
                .description("The result of a line; the last one is the summary of all lines")
                .addAnyOf(OASFactory.createSchema().ref("ImportLineResult"))
                .addAnyOf(OASFactory.createSchema().ref("ImportSummary"))
                .addExample(Map.of("line", 1, "key", "article-1", "status", 201, "outcome", "created", "version", 1));
    }

    private static Schema text() {
        return OASFactory.createSchema().addType(SchemaType.STRING);
    }
}
