package dev.tandem.api.access.key;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tandem.domain.access.ApiKey;
import dev.tandem.domain.access.KeyText;
import dev.tandem.factory.access.ApiKeyFactory.Made;
import dev.tandem.factory.rules.Choice;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A key in an answer. The key itself is in the answer that makes it, and in no other. */
@Schema(examples = """
{"id": "5tBq0Xg3LmZa", "name": "The web shop", "grants": [{"collections": "products", "right": "read"}], "createdBy": "root",
 "createdAt": "2026-11-22T12:00:00Z", "expiresAt": null, "lastUsedAt": "2026-11-22T12:30:00Z", "formerSecretUntil": null}
""")
public record ApiKeyView(
        String id,

        @Schema(description = "The key; it is shown this once") @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
        String key,

        String name,
        List<GrantView> grants,
        String createdBy,
        Instant createdAt,
        @Nullable Instant expiresAt,

        @Schema(description = "To the minute, and up to a minute late") @Nullable
        Instant lastUsedAt,

        @Schema(description = "Until when the secret before the present one is valid too") @Nullable
        Instant formerSecretUntil) {

    /** A right on collections. */
    @Schema(name = "GrantView")
    public record GrantView(String collections, String right) {}

    static ApiKeyView of(ApiKey key) {
        return of(key, null);
    }

    /** With the key itself. */
    static ApiKeyView of(Made made) {
        return of(made.key(), made.text());
    }

    private static ApiKeyView of(ApiKey key, @Nullable KeyText text) {
        return new ApiKeyView(
                key.id(),
                text == null ? null : text.text(),
                key.name(),
                key.grants().all().stream()
                        .map(grant -> new GrantView(grant.collections(), Choice.word(grant.right())))
                        .toList(),
                key.createdBy(),
                key.createdAt(),
                key.expiresAt(),
                key.lastUsedAt(),
                key.secrets().formerUntil());
    }
}
