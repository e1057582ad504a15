package dev.tandem.api.document;

import dev.tandem.api.json.ExpiryField;
import dev.tandem.api.json.VectorField;
import dev.tandem.factory.document.DocumentDraft;
import java.time.Instant;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The body that describes a document: at least one of title, content and vector.
 *
 * @param vector null if the body does not mention it; {@link VectorField} can also say that there is no vector
 * @param expiresAt null if the body does not mention it; {@link ExpiryField} can also say that the document never expires
 */
@Schema(examples = """
                {"key": "article-1", "title": "Tea", "content": "Tea is made of leaves.", "metadata": {"year": 2024, "tags": ["drink"]}}
                """)
public record DocumentRequest(
        @Nullable String key,
        @Schema(nullable = true) @Nullable String title,
        @Schema(nullable = true) @Nullable String content,
        @Schema(nullable = true) @Nullable Map<String, @Nullable Object> metadata,

        @Schema(implementation = float[].class, nullable = true) @Nullable
        VectorField vector,

        @Schema(implementation = Instant.class, description = ExpiryField.DESCRIPTION, nullable = true) @Nullable
        ExpiryField expiresAt) {

    DocumentDraft toDraft() {
        return new DocumentDraft(
                key,
                title,
                content,
                metadata,
                vector == null ? null : vector.components(),
                vector != null && vector.components() == null,
                null,
                ExpiryField.draft(expiresAt));
    }
}
