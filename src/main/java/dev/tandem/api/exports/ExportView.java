package dev.tandem.api.exports;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.tandem.api.document.DocumentView;
import dev.tandem.domain.document.Chunk;
import dev.tandem.domain.document.Document;
import dev.tandem.service.transfer.Exported;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A line of an export, which an import accepts.
 *
 * @param vector the own vector
 * @param model the model that made the chunks' vectors
 * @param chunks the chunks that the model embedded
 */
@Schema(examples = """
{"id": "01a20669-cd09-715e-bbab-3600711aa0e0", "key": "article-1", "title": "Tea", "content": "Tea is made of leaves.",
 "metadata": {"year": 2024}, "version": 1, "createdAt": "2026-11-22T12:00:00Z", "updatedAt": "2026-11-22T12:00:00Z",
 "model": "all-minilm-l6-v2", "chunks": [{"start": 0, "end": 22, "vector": [0.1, 0.2, 0.3]}]}
""")
@JsonInclude(JsonInclude.Include.NON_NULL)
@SuppressWarnings("ArrayRecordComponent") // written as JSON, never compared
record ExportView(
        @JsonUnwrapped DocumentView document,
        float @Nullable [] vector,
        @Nullable String model,
        @Nullable List<ChunkView> chunks) {

    /** A chunk: its place in the content, its text, and its vector. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "ExportChunkView")
    record ChunkView(int start, int end, @Nullable String text, float @Nullable [] vector) {

        static ChunkView of(Document document, Chunk chunk, Inclusion inclusion) {
            return new ChunkView(
                    chunk.start(),
                    chunk.end(),
                    inclusion.chunks() && document.content() != null
                            ? document.content().substring(chunk.start(), chunk.end())
                            : null,
                    inclusion.vectors() ? chunk.vector().toArray() : null);
        }
    }

    /** What to export besides the documents. */
    record Inclusion(boolean chunks, boolean vectors) {

        boolean any() {
            return chunks || vectors;
        }
    }

    static ExportView of(Exported exported, Inclusion inclusion) {
        DocumentView document = DocumentView.of(exported.document());
        if (exported.hasOwnVector()) {
            return new ExportView(
                    document,
                    inclusion.vectors() ? exported.chunks().getFirst().vector().toArray() : null,
                    null,
                    null);
        }
        if (!inclusion.any() || !exported.isEmbedded()) {
            return new ExportView(document, null, null, null);
        }
        List<ChunkView> chunks = exported.chunks().stream()
                .map(chunk -> ChunkView.of(exported.document(), chunk, inclusion))
                .toList();
        return new ExportView(document, null, exported.model(), chunks);
    }
}
