package dev.tandem.api.document;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.api.json.MergePatch;
import dev.tandem.api.json.VectorField;
import dev.tandem.domain.document.Document;
import dev.tandem.factory.document.DocumentDraft;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The body that describes a document: at least one of title, content and vector.
 *
 * @param vector null where it is not mentioned; {@link VectorField} tells whether it is said to be none
 */
@Schema(examples = """
                {"key": "article-1", "title": "Tea", "content": "Tea is made of leaves.", "metadata": {"year": 2024, "tags": ["drink"]}}
                """)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DocumentRequest(
        @Nullable String key,
        @Nullable String title,
        @Nullable String content,
        @Nullable Map<String, @Nullable Object> metadata,

        @Schema(implementation = float[].class, nullable = true) @Nullable
        VectorField vector) {

    /** The body that would describe the document as it is. It does not mention the vector, which stays. */
    private static DocumentRequest of(Document document) {
        return new DocumentRequest(
                document.key(),
                document.title(),
                document.content(),
                document.metadata().values(),
                null);
    }

    /**
     * What a merge patch makes of a document. A vector that the patch does not mention is not mentioned here either.
     *
     * @throws dev.tandem.domain.refusal.Refusal.Malformed if the patch can't be read as strictly as a body would be
     */
    static DocumentDraft patched(Document current, JsonNode patch, MergePatch patches) {
        DocumentDraft draft =
                patches.apply(of(current), patch, DocumentRequest.class).toDraft();
        return patch.path("vector").isNull() ? draft.withoutVector() : draft;
    }

    DocumentDraft toDraft() {
        return vector == null
                ? new DocumentDraft(key, title, content, metadata, null)
                : new DocumentDraft(
                        key, title, content, metadata, vector.components(), vector.components() == null, null);
    }
}
