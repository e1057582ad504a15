package dev.tandem.api.openapi;

import dev.tandem.api.http.Query;
import dev.tandem.api.idempotency.IdempotentPosts;
import jakarta.ws.rs.core.HttpHeaders;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem.HttpMethod;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;

/** The parameters that operations have in common. Resources read them as strings, so that Tandem and not JAX-RS refuses invalid values. */
final class Parameters {

    private Parameters() {}

    static boolean has(Operation operation, String name) {
        return of(operation).stream().anyMatch(parameter -> parameter.getName().equals(name));
    }

    static void describe(String path, HttpMethod method, Operation operation) {
        if (method == HttpMethod.GET) {
            remove(operation, HttpHeaders.IF_MATCH);
        } else if (method != HttpMethod.PUT || !operation.getResponses().hasAPIResponse("201")) {
            // Only a PUT that can create may require that nothing exists yet.
            remove(operation, HttpHeaders.IF_NONE_MATCH);
        }
        if (method == HttpMethod.POST) {
            operation.addParameter(idempotencyKey());
        }
        of(operation).forEach(Parameters::describe);
        operation.setParameters(of(operation).stream()
                .sorted(Comparator.comparingInt(parameter -> place(path, parameter)))
                .toList());
    }

    /** The parts of the address come first, in its order: generated methods take their arguments like this. */
    private static int place(String path, Parameter parameter) {
        return switch (parameter.getIn()) {
            case PATH -> path.indexOf("{" + parameter.getName() + "}");
            case QUERY -> path.length();
            default -> path.length() + 1;
        };
    }

    /** Resources do not read it: every POST may be sent with it. */
    private static Parameter idempotencyKey() {
        return OASFactory.createParameter()
                .name(IdempotentPosts.KEY)
                .in(Parameter.In.HEADER)
                .description("A name for the request, so that it can be sent again and is executed only once")
                .example("0d2f938e-5f65-4a3c-9165-ca8318b54509")
                .schema(OASFactory.createSchema()
                        .addType(SchemaType.STRING)
                        .minLength(1)
                        .maxLength(255)
                        .pattern("^[!-~]+$"));
    }

    /** The parameters of every list. */
    private static void describe(Parameter parameter) {
        switch (parameter.getName()) {
            case "limit" ->
                parameter
                        .schema(OASFactory.createSchema()
                                .addType(SchemaType.INTEGER)
                                .minimum(BigDecimal.ONE)
                                .maximum(BigDecimal.valueOf(Query.LARGEST_PAGE))
                                .defaultValue(Query.DEFAULT_PAGE))
                        .description("The largest number of items");
            case "cursor" ->
                parameter.description(
                        "Where the page begins: the nextCursor of another page, or its previousCursor if it has one");
            default -> {}
        }
    }

    private static void remove(Operation operation, String name) {
        of(operation).stream()
                .filter(parameter -> parameter.getName().equals(name))
                .toList()
                .forEach(operation::removeParameter);
    }

    static List<Parameter> of(Operation operation) {
        return operation.getParameters() == null ? List.of() : operation.getParameters();
    }
}
