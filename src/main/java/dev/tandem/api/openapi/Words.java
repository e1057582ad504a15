package dev.tandem.api.openapi;

import java.util.Locale;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.jspecify.annotations.Nullable;

/** The constants of enumerations, which requests and answers write in lower case. */
final class Words {

    private static final Pattern CONSTANT = Pattern.compile("[A-Z][A-Z0-9_]*");

    private Words() {}

    static void describe(OpenAPI api) {
        api.getComponents().getSchemas().values().forEach(Words::describe);
        api.getPaths().getPathItems().values().stream()
                .flatMap(item -> item.getOperations().values().stream())
                .flatMap(operation -> Parameters.of(operation).stream())
                .forEach(parameter -> describe(parameter.getSchema()));
    }

    private static void describe(@Nullable Schema schema) {
        if (schema != null && schema.getEnumeration() != null) {
            schema.enumeration(schema.getEnumeration().stream().map(Words::word).toList());
        }
    }

    private static Object word(Object value) {
        return value instanceof String text && CONSTANT.matcher(text).matches() ? text.toLowerCase(Locale.ROOT) : value;
    }
}
