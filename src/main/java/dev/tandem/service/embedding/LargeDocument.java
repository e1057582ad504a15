package dev.tandem.service.embedding;

import dev.tandem.domain.document.Span;
import dev.tandem.embedding.Passage;
import java.util.List;

/**
 * A document with more passages than a model embeds in one turn.
 *
 * @param passages all of them, in order
 * @param done how many of the first are embedded and kept
 */
record LargeDocument(Work work, List<Passage> passages, int done) {

    /** Whether the passages that have been kept are the first ones of these. They are not where the collection is cut anew meanwhile. */
    static boolean continues(List<Passage> passages, List<Span> kept) {
        return kept.size() < Math.max(1, passages.size())
                && kept.equals(passages.stream()
                        .limit(kept.size())
                        .map(passage -> new Span(passage.start(), passage.end()))
                        .toList());
    }

    List<Passage> next(int most) {
        return passages.subList(done, Math.min(passages.size(), done + most));
    }

    boolean isLast(List<Passage> next) {
        return done + next.size() == passages.size();
    }

    LargeDocument after(List<Passage> next) {
        return new LargeDocument(work.untried(), passages, done + next.size());
    }
}
