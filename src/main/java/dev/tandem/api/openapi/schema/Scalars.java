package dev.tandem.api.openapi.schema;

import java.util.List;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.media.Schema;

/** Values that are one string in JSON. They are described where they are, so that generated clients have no types of their own for them. */
public final class Scalars {

    private static final List<String> NAMES = List.of("Instant", "UUID");
    /** What the body of a patch is to JAX-RS. */
    private static final List<String> UNUSED = List.of("JsonNode", "JsonNodeType");

    private Scalars() {}

    public static void describe(OpenAPI api) {
        Schemas.each(api, schema -> {
            if (NAMES.contains(Schemas.name(schema))) {
                Schema scalar = Schemas.named(Schemas.name(schema), api.getComponents());
                schema.setRef(null);
                schema.setType(scalar.getType());
                schema.setFormat(scalar.getFormat());
            }
        });
        NAMES.forEach(api.getComponents()::removeSchema);
        UNUSED.forEach(api.getComponents()::removeSchema);
    }
}
