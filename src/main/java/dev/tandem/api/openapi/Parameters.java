package dev.tandem.api.openapi;

import dev.tandem.api.http.Author;
import dev.tandem.api.idempotency.IdempotentPosts;
import dev.tandem.domain.document.DocumentOrder;
import dev.tandem.domain.document.DocumentQuery;
import dev.tandem.domain.job.JobState;
import jakarta.ws.rs.core.HttpHeaders;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem.HttpMethod;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;

/** What parameters may say. They are read as strings, so that Tandem and not JAX-RS refuses them. */
final class Parameters {

    private Parameters() {}

    static boolean has(Operation operation, String name) {
        return of(operation).stream().anyMatch(parameter -> parameter.getName().equals(name));
    }

    static void describe(HttpMethod method, Operation operation) {
        if (method == HttpMethod.GET) {
            remove(operation, HttpHeaders.IF_MATCH);
        } else if (!"putDocument".equals(operation.getOperationId())) {
            // Only there can it be that there is none yet.
            remove(operation, HttpHeaders.IF_NONE_MATCH);
        }
        if (method == HttpMethod.POST) {
            operation.addParameter(idempotencyKey());
        }
        of(operation).forEach(Parameters::describe);
    }

    /** Resources don't read it: whatever is sent by POST may be sent again. */
    private static Parameter idempotencyKey() {
        return OASFactory.createParameter()
                .name(IdempotentPosts.KEY)
                .in(Parameter.In.HEADER)
                .description("What the request is called, so that it can be sent again and is done once")
                .example("0d2f938e-5f65-4a3c-9165-ca8318b54509")
                .schema(OASFactory.createSchema()
                        .addType(SchemaType.STRING)
                        .minLength(1)
                        .maxLength(255)
                        .pattern("^[!-~]+$"));
    }

    private static void describe(Parameter parameter) {
        switch (parameter.getName()) {
            case "limit" ->
                parameter.schema(OASFactory.createSchema()
                        .addType(SchemaType.INTEGER)
                        .minimum(BigDecimal.ONE)
                        .maximum(BigDecimal.valueOf(1_000))
                        .defaultValue(100));
            case "sort" -> parameter.schema(words(orders()).defaultValue(DocumentOrder.OLDEST_FIRST.toString()));
            case "count" -> parameter.schema(words(counts()).defaultValue("none"));
            case "state" -> parameter.schema(words(states()));
            case "id" -> parameter.description("The job's id").example("01a20669-cd09-715e-bbab-3600711aa0e0");
            case "cursor" -> parameter.description("Where the page begins: the nextCursor of the page before");
            case "name" -> parameter.description("The collection's name").example("articles");
            case "version" ->
                parameter
                        .description("A version of the document")
                        .example(1)
                        .schema(OASFactory.createSchema()
                                .addType(SchemaType.INTEGER)
                                .minimum(BigDecimal.ONE));
            case Author.HEADER ->
                parameter.schema(OASFactory.createSchema()
                        .addType(SchemaType.STRING)
                        .minLength(1)
                        .maxLength(256)
                        .pattern("^[!-~]([ -~]*[!-~])?$"));
            case "key" ->
                parameter.description("The document's key, percent-encoded").example("article-1");
            default -> {}
        }
    }

    private static Stream<String> orders() {
        return Arrays.stream(DocumentOrder.Field.values())
                .flatMap(field -> Stream.of(field.property(), "-" + field.property()));
    }

    private static Stream<String> counts() {
        return Arrays.stream(DocumentQuery.Count.values()).map(way -> way.name().toLowerCase(Locale.ROOT));
    }

    private static Stream<String> states() {
        return Arrays.stream(JobState.values()).map(state -> state.name().toLowerCase(Locale.ROOT));
    }

    private static Schema words(Stream<String> words) {
        return OASFactory.createSchema().addType(SchemaType.STRING).enumeration(List.<Object>copyOf(words.toList()));
    }

    private static void remove(Operation operation, String name) {
        of(operation).stream()
                .filter(parameter -> parameter.getName().equals(name))
                .toList()
                .forEach(operation::removeParameter);
    }

    private static List<Parameter> of(Operation operation) {
        return operation.getParameters() == null ? List.of() : operation.getParameters();
    }
}
