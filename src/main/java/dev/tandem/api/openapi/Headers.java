package dev.tandem.api.openapi;

import static java.util.Objects.requireNonNull;

import dev.tandem.api.http.Preferences;
import dev.tandem.api.http.WriteAnswers;
import dev.tandem.api.idempotency.IdempotentPosts;
import dev.tandem.api.openapi.schema.Words;
import dev.tandem.api.request.RequestIds;
import dev.tandem.domain.document.EmbeddingState;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

/** The headers of answers. Each is described once and referred to. */
final class Headers {

    private static final Map<String, String> DESCRIPTIONS = Map.of(
            RequestIds.HEADER, "The request's id: the client's own, or a new one.",
            HttpHeaders.ETAG, "The version, as an entity tag for If-Match and If-None-Match.",
            HttpHeaders.LOCATION, "The address of the new thing.",
            HttpHeaders.LINK, "The address of the next page, with rel=\"next\"; left out on the last page.",
            HttpHeaders.WWW_AUTHENTICATE, "How to show who you are.",
            HttpHeaders.RETRY_AFTER, "After how many seconds to try again.",
            WriteAnswers.HEADER, "Searches that send it back show the write; left out if nothing was written.",
            WriteAnswers.EMBEDDING,
                    "Whether vector searches find the document by its present text: current, pending or none.",
            Preferences.APPLIED, "The preference that was applied.",
            IdempotentPosts.REPLAYED,
                    "true if this answer was given before, to the same Idempotency-Key; otherwise left out.");

    private Headers() {}

    static void describe(Components components) {
        DESCRIPTIONS.forEach((name, description) -> components.addHeader(
                name,
                OASFactory.createHeader()
                        .description(description)
                        .schema(OASFactory.createSchema().addType(SchemaType.STRING))));
        requireNonNull(components.getHeaders().get(WriteAnswers.EMBEDDING)).schema(Words.of(EmbeddingState.class));
    }

    static void refer(APIResponse response, String... names) {
        for (String name : names) {
            response.addHeader(name, OASFactory.createHeader().ref(name));
        }
    }
}
