package dev.tandem.service.embedding;

import dev.tandem.domain.document.Span;
import dev.tandem.embedding.ChunkText;
import java.util.List;

/**
 * A document with more chunks than a model embeds in one turn.
 *
 * @param chunks all of them, in order
 * @param done how many of them have been embedded and stored
 */
record LargeDocument(Work work, List<ChunkText> chunks, int done) {

    /** Whether the stored chunks are the first ones of these. They are not if the collection's chunking has changed meanwhile. */
    static boolean continues(List<ChunkText> chunks, List<Span> kept) {
        return kept.size() < Math.max(1, chunks.size())
                && kept.equals(chunks.stream()
                        .limit(kept.size())
                        .map(chunk -> new Span(chunk.start(), chunk.end()))
                        .toList());
    }

    List<ChunkText> next(int most) {
        return chunks.subList(done, Math.min(chunks.size(), done + most));
    }

    boolean isLast(List<ChunkText> next) {
        return done + next.size() == chunks.size();
    }

    LargeDocument after(List<ChunkText> next) {
        return new LargeDocument(work.untried(), chunks, done + next.size());
    }
}
