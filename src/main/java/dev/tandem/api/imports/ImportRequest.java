package dev.tandem.api.imports;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.api.json.VectorField;
import dev.tandem.factory.document.DocumentDraft;
import dev.tandem.factory.document.ChunksDraft;
import dev.tandem.factory.document.ChunksDraft.DraftChunk;
import dev.tandem.service.transfer.LineReader.ReadLine;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A line of an import: a document, the version it must have, or what an export says of one.
 *
 * @param vector null where it is not mentioned; {@link VectorField} tells whether it is said to be none
 * @param ifVersion the version that the document must have; 0 if there must be none
 * @param model which model made the chunks
 * @param chunks taken over if all of them have vectors
 * @param id and the next three are what an export says and Tandem decides: read over
 */
record ImportRequest(
        @Nullable String key,
        @Nullable String title,
        @Nullable String content,
        @Nullable Map<String, @Nullable Object> metadata,
        @Nullable VectorField vector,
        @Nullable Long ifVersion,
        @Nullable String model,
        @Nullable List<ChunkRequest> chunks,
        @Nullable JsonNode id,
        @Nullable JsonNode version,
        @Nullable JsonNode createdAt,
        @Nullable JsonNode updatedAt) {

    /** A chunk, as an export says it. */
    @SuppressWarnings("ArrayRecordComponent") // read from JSON and handed on, never compared
    record ChunkRequest(int start, int end, @Nullable String text, float @Nullable [] vector) {}

    /** @param author of all lines; null where nobody is named */
    ReadLine toLine(@Nullable String author) {
        boolean removesVector = vector != null && vector.components() == null;
        DocumentDraft draft = new DocumentDraft(
                key, title, content, metadata, vector == null ? null : vector.components(), removesVector, author);
        return new ReadLine(draft, toChunksDraft(), ifVersion);
    }

    /** Chunks without vectors say nothing that the text doesn't; where there are none, the model is asked. */
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
