package dev.tandem.api.collection;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The body that says where an alias points to. */
@Schema(requiredProperties = "collection", examples = """
                {"collection": "articles-v2"}
                """)
public record AliasRequest(
        @Schema(description = "The name of a collection, or another alias of it", minLength = 1) @Nullable
        String collection) {}
