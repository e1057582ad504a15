package dev.tandem.api.imports.json;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.api.json.ExpiryField;
import dev.tandem.api.json.VectorField;
import dev.tandem.factory.document.DocumentPatch;
import dev.tandem.service.transfer.LineReader.ReadPatch;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a line of an import may have that is a merge patch: the key of a document, and what a patch of this document may have.
 *
 * @param ifVersion the version that the document must have
 * @param id ignored, like the next three: an export writes them, but Tandem sets them
 */
record ImportPatch(
        @Nullable String key,
        @Nullable String title,
        @Nullable String content,
        @Nullable Map<String, @Nullable Object> metadata,
        @Nullable VectorField vector,
        @Nullable ExpiryField expiresAt,
        @Nullable Long ifVersion,
        @Nullable JsonNode id,
        @Nullable JsonNode version,
        @Nullable JsonNode createdAt,
        @Nullable JsonNode updatedAt) {

    /** @param members as they were read: only they tell what the patch removes */
    ReadPatch toPatch(Map<String, @Nullable Object> members) {
        return new ReadPatch(key, new DocumentPatch(members), ifVersion);
    }
}
