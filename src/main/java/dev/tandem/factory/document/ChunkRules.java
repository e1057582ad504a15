package dev.tandem.factory.document;

import dev.tandem.domain.embedding.EmbeddingSettings;
import dev.tandem.domain.refusal.Violations;
import dev.tandem.factory.rules.VectorRules;
import java.util.List;

/** The rules for chunks that a client sends as the work of the collection's own model. */
final class ChunkRules {

    /** More chunks than the longest content can have. */
    private static final int MOST = 100_000;

    private ChunkRules() {}

    /**
     * Adds every broken rule: {@code chunks.model} (made by another model), {@code chunks.vector} (the document also has an own vector),
     * {@code chunks.offsets} (not within the content), {@code chunks.too_many}, and the codes of {@link VectorRules}.
     */
    static void check(ChunksDraft draft, DocumentDraft document, EmbeddingSettings settings, Violations violations) {
        violations.require(
                settings.hasModel() && settings.model().equals(draft.model()),
                "/model",
                "chunks.model",
                "Chunks can only be imported if the collection's model made them; this collection's model is "
                        + settings.model() + ".");
        violations.require(
                document.vector() == null,
                "/vector",
                "chunks.vector",
                "A document can have an own vector or imported chunks, but not both.");
        List<ChunksDraft.DraftChunk> chunks = draft.chunks();
        if (!violations.require(
                chunks.size() <= MOST, "/chunks", "chunks.too_many", "There are at most " + MOST + " chunks.")) {
            return;
        }
        int length = document.content() == null ? 0 : document.content().length();
        for (int i = 0; i < chunks.size(); i++) {
            ChunksDraft.DraftChunk chunk = chunks.get(i);
            violations.require(
                    0 <= chunk.start() && chunk.start() <= chunk.end() && chunk.end() <= length,
                    "/chunks/" + i,
                    "chunks.offsets",
                    "A chunk begins and ends within the content, counted in UTF-16 units.");
            VectorRules.check(chunk.vector(), settings, "/chunks/" + i + "/vector", violations);
        }
    }
}
