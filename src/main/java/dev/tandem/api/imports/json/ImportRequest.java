package dev.tandem.api.imports.json;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.api.json.ExpiryField;
import dev.tandem.api.json.VectorField;
import dev.tandem.factory.document.ChunksDraft;
import dev.tandem.factory.document.ChunksDraft.DraftChunk;
import dev.tandem.factory.document.DocumentDraft;
import dev.tandem.service.transfer.LineReader.ReadLine;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A line of an import: a document, perhaps with the version that it must have, or a line of an export.
 *
 * @param vector null if the line does not mention it; {@link VectorField} can also say that there is no vector
 * @param expiresAt null if the line does not mention it; {@link ExpiryField} can also say that the document never expires
 * @param ifVersion the version that the document must have; 0 if it must not exist
 * @param model the model that made the chunks
 * @param chunks imported if all of them have vectors
 * @param id ignored, like the next three: an export writes them, but Tandem sets them
 */
@Schema(name = "ImportLine", description = "A document as in a PUT, or a line of an export", examples = """
{"key": "article-1", "title": "Tea", "ifVersion": 0}
""")
record ImportRequest(
        @Nullable String key,
        @Nullable String title,
        @Nullable String content,
        @Nullable Map<String, @Nullable Object> metadata,

        @Schema(implementation = float[].class, nullable = true) @Nullable
        VectorField vector,

        @Schema(implementation = Instant.class, description = ExpiryField.DESCRIPTION, nullable = true) @Nullable
        ExpiryField expiresAt,

        @Schema(description = "The version that the document must have; 0 if it must not exist") @Nullable
        Long ifVersion,

        @Nullable String model,
        @Nullable List<ChunkRequest> chunks,
        @Schema(ref = "Ignored") @Nullable JsonNode id,
        @Schema(ref = "Ignored") @Nullable JsonNode version,
        @Schema(ref = "Ignored") @Nullable JsonNode createdAt,
        @Schema(ref = "Ignored") @Nullable JsonNode updatedAt) {

    /** A chunk, as an export writes it. */
    @SuppressWarnings("ArrayRecordComponent") // read from JSON and passed on, never compared
    @Schema(name = "ImportChunk")
    record ChunkRequest(int start, int end, @Nullable String text, float @Nullable [] vector) {}

    /** @param author of all lines; null if the client named none */
    ReadLine toLine(@Nullable String author) {
        boolean removesVector = vector != null && vector.components() == null;
        DocumentDraft draft = new DocumentDraft(
                key,
                title,
                content,
                metadata,
                vector == null ? null : vector.components(),
                removesVector,
                author,
                ExpiryField.draft(expiresAt));
        return new ReadLine(draft, toChunksDraft(), ifVersion);
    }

    /** Chunks without vectors add nothing to the text. The model then embeds it again. */
    private @Nullable ChunksDraft toChunksDraft() {
        if (chunks == null || chunks.isEmpty() || chunks.stream().anyMatch(chunk -> chunk.vector == null)) {
            return null;
        }
        return new ChunksDraft(
                model,
                chunks.stream()
                        .map(chunk -> new DraftChunk(chunk.start, chunk.end, Objects.requireNonNull(chunk.vector)))
                        .toList());
    }
}
