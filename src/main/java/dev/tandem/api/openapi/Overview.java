package dev.tandem.api.openapi;

import java.util.Map;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.security.SecurityScheme;
import org.eclipse.microprofile.openapi.models.tags.Tag;

/** Where the API is, and what its parts are for. */
final class Overview {

    /** What has several resources. A resource that is a part alone describes it itself. */
    private static final Map<String, String> PARTS = Map.of(
            "Collections", "Sets of documents that are embedded, analysed and checked in the same way",
            "Documents", "Create, read, change, delete and list documents, one or many",
            "Jobs", "Work that takes longer than a request",
            "Keys", "Who may do what, and who did",
            "Parked", "Documents that could not be embedded",
            "Revisions", "What documents were before",
            "Search", "By keywords, by vector, or both",
            "Service", "What this service is, offers and limits",
            "Transfer", "Import and export of whole collections");

    private static final String KEY = "key";

    private Overview() {}

    static void describe(OpenAPI api) {
        api.addServer(OASFactory.createServer().url("/").description("The service that answers this description"));
        api.getComponents()
                .addSecurityScheme(
                        KEY,
                        OASFactory.createSecurityScheme()
                                .type(SecurityScheme.Type.HTTP)
                                .scheme("bearer")
                                .description(
                                        "A key, or a token of the identity provider; not needed where access is open"));
        api.addSecurityRequirement(OASFactory.createSecurityRequirement().addScheme(KEY));
        for (Tag tag : api.getTags()) {
            tag.description(PARTS.getOrDefault(tag.getName(), tag.getDescription()));
        }
    }
}
