package dev.tandem.api.openapi.schema;

import static java.util.Objects.requireNonNull;

import dev.tandem.api.paging.PageView;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The pages of lists. {@code PageView<CollectionView>} in Java is {@code CollectionListView} in the description, and its example is a page
 * with the example of {@code CollectionView}.
 */
public final class PageSchemas {

    private static final String GENERIC = PageView.class.getSimpleName();
    private static final String VIEW = "View";

    private PageSchemas() {}

    public static void describe(OpenAPI api) {
        Map<String, String> names = new TreeMap<>();
        Components components = api.getComponents();
        for (String generic : components.getSchemas().keySet()) {
            if (generic.startsWith(GENERIC)) {
                names.put(generic, name(generic, components));
            }
        }
        Map<String, Schema> schemas = components.getSchemas();
        names.forEach((generic, name) -> {
            Schema page = requireNonNull(schemas.get(generic));
            Schema item = requireNonNull(schemas.get(item(generic)));
            components.removeSchema(generic);
            components.addSchema(name, page.addExample(example(item)));
        });
        api.getPaths().getPathItems().values().forEach(path -> path.getOperations()
                .values()
                .forEach(operation -> refer(operation, names)));
    }

    /** The name of an item. */
    private static String item(String generic) {
        return generic.substring(GENERIC.length());
    }

    /** A list without pages may already have the name. */
    private static String name(String generic, Components components) {
        String noun = item(generic).substring(0, item(generic).length() - VIEW.length());
        String list = noun + "List" + VIEW;
        return components.getSchemas().containsKey(list) ? noun + "Page" + VIEW : list;
    }

    private static Map<String, @Nullable Object> example(Schema item) {
        Map<String, @Nullable Object> page = new LinkedHashMap<>();
        page.put("items", item.getExamples());
        page.put("nextCursor", null);
        return page;
    }

    private static void refer(Operation operation, Map<String, String> names) {
        operation.getResponses().getAPIResponses().values().forEach(answer -> {
            Content content = answer.getContent();
            if (content != null) {
                content.getMediaTypes().values().forEach(media -> refer(media.getSchema(), names));
            }
        });
    }

    private static void refer(@Nullable Schema schema, Map<String, String> names) {
        if (schema == null || schema.getRef() == null) {
            return;
        }
        String name = names.get(schema.getRef().substring(Schemas.REFERENCE.length()));
        if (name != null) {
            schema.setRef(Schemas.REFERENCE + name);
        }
    }
}
