package dev.tandem.api.access.key;

import dev.tandem.factory.access.ApiKeyDraft;
import dev.tandem.factory.access.ApiKeyDraft.GrantDraft;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The body that describes a new key. */
@Schema(
        requiredProperties = {"name", "grants"},
        examples = """
                {"name": "The web shop", "grants": [{"collections": "products", "right": "read"}, {"collections": "orders-*", "right": "write"}],
                 "expiresAt": "2030-01-01T00:00:00Z"}
                """)
public record ApiKeyRequest(
        @Schema(description = "What the key is for", minLength = 1, maxLength = 200) @Nullable
        String name,

        @Schema(description = "What it allows; everything else is refused", minItems = 1, maxItems = 100) @Nullable
        List<@Nullable GrantRequest> grants,

        @Schema(
                description = "From when on it is not valid; it stays valid without this",
                nullable = true,
                format = "date-time")
        @Nullable
        String expiresAt) {

    /** A right on collections. */
    @Schema(
            name = "GrantRequest",
            requiredProperties = {"collections", "right"})
    public record GrantRequest(
            @Schema(
                    description = "A collection's name, the beginning of names and an asterisk, or an asterisk alone",
                    examples = "orders-*")
            @Nullable
            String collections,

            @Schema(description = "read, write or admin; each includes those before it", examples = "read") @Nullable
            String right) {

        private GrantDraft toDraft() {
            return new GrantDraft(collections, right);
        }
    }

    ApiKeyDraft toDraft() {
        return new ApiKeyDraft(
                name,
                grants == null
                        ? null
                        : grants.stream()
                                .map(grant -> grant == null ? null : grant.toDraft())
                                .toList(),
                expiresAt);
    }
}
