package dev.tandem.api.document;

import dev.tandem.api.json.VectorField;
import dev.tandem.factory.document.DocumentDraft;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The body that describes a document: at least one of title, content and vector.
 *
 * @param vector null if the body does not mention it; {@link VectorField} can also say that there is no vector
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
        VectorField vector) {

    DocumentDraft toDraft() {
        return vector == null
                ? new DocumentDraft(key, title, content, metadata, null)
                : new DocumentDraft(
                        key, title, content, metadata, vector.components(), vector.components() == null, null);
    }
}
