package dev.tandem.api.access.key;

import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The body that describes a key made from another one. */
@Schema(
        requiredProperties = {"filter", "expires"},
        examples = """
                {"filter": {"tenant": "acme"}, "expires": "2030-01-01T00:00:00Z"}
                """)
public record ScopedKeyRequest(
        @Schema(description = "Matches the documents that the key's holder may see") @Nullable
        Map<String, @Nullable Object> filter,

        @Schema(description = "From when on it is not valid", format = "date-time") @Nullable
        String expires) {}
