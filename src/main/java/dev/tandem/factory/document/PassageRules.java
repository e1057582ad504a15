package dev.tandem.factory.document;

import dev.tandem.domain.embedding.EmbeddingSettings;
import dev.tandem.domain.refusal.Violations;
import dev.tandem.factory.rules.VectorRules;
import java.util.List;

/** What passages must be to pass for what a collection's own model makes of a text. */
final class PassageRules {

    /** More than the longest content has. */
    private static final int MOST = 100_000;

    private PassageRules() {}

    /**
     * Adds every broken rule: {@code chunks.model} (made by another model), {@code chunks.vector} (a vector of the document's own beside
     * them), {@code chunks.offsets} (not a place in the content), {@code chunks.too_many}, and the codes of {@link VectorRules}.
     */
    static void check(PassagesDraft draft, DocumentDraft document, EmbeddingSettings settings, Violations violations) {
        violations.require(
                settings.hasModel() && settings.model().equals(draft.model()),
                "/model",
                "chunks.model",
                "Passages are taken over from the same model only; this collection's is " + settings.model() + ".");
        violations.require(
                document.vector() == null,
                "/vector",
                "chunks.vector",
                "A document has either a vector of its own or passages.");
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
                    "A passage begins and ends within the content, counted in UTF-16 units.");
            VectorRules.check(passage.vector(), settings, "/chunks/" + i + "/vector", violations);
        }
    }
}
