package dev.tandem.api.openapi.schema;

import jakarta.ws.rs.core.MediaType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.parameters.RequestBody;
import org.jspecify.annotations.Nullable;

/**
 * The bodies that are variants of others. {@code DocumentPatch} is a merge patch of {@code DocumentRequest}: it has the same members, none is
 * required, and each may be null. {@code CollectionReplacement} is a {@code CollectionRequest} whose address says what is required otherwise.
 */
public final class Variants {

    private static final String REQUEST = "Request";
    private static final String PATCH = "Patch";
    private static final String REPLACEMENT = "Replacement";

    private Variants() {}

    public static void describe(OpenAPI api) {
        api.getPaths().getPathItems().values().forEach(item -> describe(item, api.getComponents()));
    }

    private static void describe(PathItem item, Components components) {
        if (item.getPUT() == null || item.getPATCH() == null) {
            return;
        }
        Schema whole = item.getPUT()
                .getRequestBody()
                .getContent()
                .getMediaType(MediaType.APPLICATION_JSON)
                .getSchema();
        String name = Schemas.name(whole);
        String patch = patch(name, components);
        Schema described = Schemas.named(patch, components);
        described.addExample(example(Schemas.named(name, components)));
        refer(item.getPATCH().getRequestBody(), patch);
        if (Schemas.named(name, components).getRequired() != null) {
            refer(item.getPUT().getRequestBody(), replacement(name, components));
        }
    }

    /** Makes the patch of a body, and of the objects in it. */
    private static String patch(String name, Components components) {
        String patch = noun(name) + PATCH;
        Schema described = OASFactory.createSchema()
                .addType(SchemaType.OBJECT)
                .description("A merge patch (RFC 7396): null removes a member or resets it to its default");
        components.addSchema(patch, described);
        Schemas.named(name, components).getProperties().forEach((member, schema) -> {
            Schema inner = components.getSchemas().get(Schemas.name(schema));
            boolean isObject = inner != null && inner.getProperties() != null;
            Schema wanted = isObject
                    ? OASFactory.createSchema().ref(patch(Schemas.name(schema), components))
                    : Schemas.copy(schema).defaultValue(null);
            described.addProperty(member, Schemas.orNull(wanted));
        });
        return patch;
    }

    private static String replacement(String name, Components components) {
        String replacement = noun(name) + REPLACEMENT;
        components.addSchema(
                replacement, Schemas.copy(Schemas.named(name, components)).required(null));
        return replacement;
    }

    private static String noun(String name) {
        return name.endsWith(REQUEST) ? name.substring(0, name.length() - REQUEST.length()) : name;
    }

    /** Sets the second member of the body's example and removes the third, if there are so many; the first is its name. */
    private static Map<String, @Nullable Object> example(Schema whole) {
        Map<?, ?> example = (Map<?, ?>) whole.getExamples().getFirst();
        List<? extends Map.Entry<?, ?>> members = List.copyOf(example.entrySet());
        Map<String, @Nullable Object> patch = new LinkedHashMap<>();
        Map.Entry<?, ?> set = members.get(Math.min(1, members.size() - 1));
        patch.put((String) set.getKey(), set.getValue());
        if (members.size() > 2) {
            patch.put((String) members.get(2).getKey(), null);
        }
        return patch;
    }

    private static void refer(RequestBody body, String schema) {
        body.getContent()
                .getMediaTypes()
                .values()
                .forEach(media -> media.schema(OASFactory.createSchema().ref(schema)));
    }
}
