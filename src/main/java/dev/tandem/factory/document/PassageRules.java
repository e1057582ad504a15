package dev.tandem.factory.document;

import dev.tandem.domain.embedding.EmbeddingSettings;
import dev.tandem.domain.refusal.Violations;
import dev.tandem.factory.rules.VectorRules;
import java.util.List;

/** The rules for chunks that a client sends as the work of the collection's own model. */
final class PassageRules {

    /** More chunks than the longest content can have. */
    private static final int MOST = 100_000;

    private PassageRules() {}

    /**
     * Adds every broken rule: {@code chunks.model} (made by another model), {@code chunks.vector} (the document also has an own vector),
     * {@code chunks.offsets} (not within the content), {@code chunks.too_many}, and the codes of {@link VectorRules}.
     */
    static void check(PassagesDraft draft, DocumentDraft document, EmbeddingSettings settings, Violations violations) {
        violations.require(
                settings.hasModel() && settings.model().equals(draft.model()),
                "/model",
                "chunks.model",
                "Chunks can only be imported if the collection's model made them; this collection's model is " + settings.model() + ".");
        violations.require(
                document.vector() == null,
                "/vector",
                "chunks.vector",
                "A document can have an own vector or imported chunks, but not both.");
        List<PassagesDraft.Passage> passages = draft.passages();
        if (!violations.require(
                passages.size() <= MOST, "/chunks", "chunks.too_many", "There are at most " + MOST + " passages.")) {
            return;
        }
        int length = document.content() == null ? 0 : document.content().length();
        for (int i = 0; i < passages.size(); i++) {
            PassagesDraft.Passage passage = passages.get(i);
            violations.require(
                    0 <= passage.start() && passage.start() <= passage.end() && passage.end() <= length,
                    "/chunks/" + i,
                    "chunks.offsets",
                    "A chunk begins and ends within the content, counted in UTF-16 units.");
            VectorRules.check(passage.vector(), settings, "/chunks/" + i + "/vector", violations);
        }
    }
}
