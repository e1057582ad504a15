package dev.tandem.api.openapi;

import dev.tandem.api.http.PageView;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.Schema;

/**
 * The pages of lists. What Java calls {@code PageView<CollectionView>} is a {@code CollectionListView} to callers, and its example is a page
 * with the example of a {@code CollectionView}.
 */
final class PageSchemas {

    private static final String GENERIC = PageView.class.getSimpleName();
    private static final String VIEW = "View";
    private static final String REFERENCE = "#/components/schemas/";

    private PageSchemas() {}

    static void describe(OpenAPI api) {
        Map<String, String> names = new TreeMap<>();
        Components components = api.getComponents();
        for (String generic : components.getSchemas().keySet()) {
            if (generic.startsWith(GENERIC)) {
                names.put(generic, name(generic, components));
            }
        }
        names.forEach((generic, name) -> {
            Schema page = components.getSchemas().get(generic);
            components.removeSchema(generic);
            components.addSchema(name, page);
            page.addExample(example(components.getSchemas().get(item(generic))));
        });
        api.getPaths()
                .getPathItems()
                .values()
                .forEach(path -> path.getOperations().values().forEach(operation -> refer(operation, names)));
    }

    /** An item's name. */
    private static String item(String generic) {
        return generic.substring(GENERIC.length());
    }

    /** The list of all items, which has no pages, may have the name already. */
    private static String name(String generic, Components components) {
        String noun = item(generic).substring(0, item(generic).length() - VIEW.length());
        String list = noun + "List" + VIEW;
        return components.getSchemas().containsKey(list) ? noun + "Page" + VIEW : list;
    }

    private static String example(Schema item) {
        return "{\"items\": [" + item.getExamples().getFirst() + "], \"nextCursor\": null}";
    }

    private static void refer(Operation operation, Map<String, String> names) {
        operation.getResponses().getAPIResponses().values().forEach(answer -> {
            Content content = answer.getContent();
            if (content != null) {
                content.getMediaTypes().values().forEach(media -> refer(media.getSchema(), names));
            }
        });
    }

    private static void refer(Schema schema, Map<String, String> names) {
        String reference = schema == null ? null : schema.getRef();
        if (reference != null && names.containsKey(reference.substring(REFERENCE.length()))) {
            schema.setRef(REFERENCE + names.get(reference.substring(REFERENCE.length())));
        }
    }
}
