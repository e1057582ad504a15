package dev.tandem.api.collection;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The body that renames a collection. */
@Schema(requiredProperties = "name", examples = """
                {"name": "articles-v1", "keepAlias": true}
                """)
public record RenameRequest(
        @Schema(
                description =
                        "Lower-case letters, digits, hyphens and underscores; begins and ends with a letter or digit",
                minLength = 1,
                maxLength = 64)
        @Nullable
        String name,

        @Schema(description = "Whether the former name becomes an alias of the collection; the default is false")
        @Nullable
        Boolean keepAlias) {

    boolean keepsAlias() {
        return Boolean.TRUE.equals(keepAlias);
    }
}
