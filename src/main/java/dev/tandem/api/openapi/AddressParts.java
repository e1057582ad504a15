package dev.tandem.api.openapi;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.eclipse.microprofile.openapi.models.Paths;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;

/**
 * The variable parts of addresses, such as {@code name} in {@code /v1/collections/{name}}. One method describes a part. All other methods
 * whose address begins with the same parts get the same description.
 */
final class AddressParts {

    private AddressParts() {}

    static void describe(Paths paths) {
        Map<String, Parameter> described = new HashMap<>();
        each(paths, (part, parameter) -> {
            if (parameter.getDescription() != null) {
                described.putIfAbsent(part, parameter);
            }
        });
        each(paths, (part, parameter) -> {
            Parameter one = described.get(part);
            if (one != null && parameter.getDescription() == null) {
                parameter
                        .description(one.getDescription())
                        .example(one.getExample())
                        .schema(one.getSchema());
            }
        });
    }

    /** The action receives the address up to and including the part, and the part's parameter. */
    private static void each(Paths paths, BiConsumer<String, Parameter> action) {
        paths.getPathItems()
                .forEach((path, item) -> item.getOperations().values().forEach(operation -> {
                    List<Parameter> parameters = Parameters.of(operation);
                    parameters.stream()
                            .filter(parameter -> parameter.getIn() == Parameter.In.PATH)
                            .forEach(parameter -> {
                                String part = "{" + parameter.getName() + "}";
                                action.accept(path.substring(0, path.indexOf(part) + part.length()), parameter);
                            });
                }));
    }
}
