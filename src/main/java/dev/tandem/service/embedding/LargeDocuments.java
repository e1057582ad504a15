package dev.tandem.service.embedding;

import dev.tandem.domain.document.Chunk;
import dev.tandem.domain.embedding.Vector;
import dev.tandem.embedding.ChunkText;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Embeds large documents, one at a time and in turns of about two seconds, so that others are embedded in between. The result of each turn
 * is stored, so a crash costs at most one turn. Only one large document is in memory.
 */
@Singleton
class LargeDocuments {

    private final EmbeddingTasks tasks;
    private final EmbeddingResults results;
    private final FailedAttempts failures;
    private final ModelCalls calls;
    private final Models models;
    private final HeldWork held;
    private final Duration lease;

    /** Set between two turns. */
    private volatile @Nullable LargeDocument current;

    LargeDocuments(
            EmbeddingTasks tasks,
            EmbeddingResults results,
            FailedAttempts failures,
            ModelCalls calls,
            Models models,
            HeldWork held,
            EmbeddingPolicy policy) {
        this.tasks = tasks;
        this.results = results;
        this.failures = failures;
        this.calls = calls;
        this.models = models;
        this.held = held;
        this.lease = policy.embeddingLease();
    }

    /** Embeds a part of a large document, if one is due. Returns whether there was one. */
    Uni<Boolean> takeTurn() {
        LargeDocument document = current;
        current = null;
        if (document != null && held.has(document.work())) {
            return begin(document.work(), document);
        }
        return tasks.claimLarge(models.unavailable())
                .chain(claimed -> claimed.isEmpty() ? Uni.createFrom().item(false) : begin(claimed.getFirst(), null));
    }

    /** The document that waits for its next turn; null if there is none. */
    @Nullable
    Work inHand() {
        LargeDocument document = current;
        return document == null ? null : document.work();
    }

    private Uni<Boolean> begin(Work work, @Nullable LargeDocument document) {
        if (calls.isStopped()) {
            return tasks.giveBack(List.of(work), null).replaceWith(false);
        }
        if (failures.isGivenUp(work)) {
            return failures.giveUp(work).replaceWith(true);
        }
        return tasks.begin(List.of(work))
                .chain(begun -> begun.isEmpty() ? Uni.createFrom().voidItem() : attempt(work, document))
                .replaceWith(true);
    }

    private Uni<Void> attempt(Work work, @Nullable LargeDocument document) {
        Uni<LargeDocument> prepared =
                document == null ? prepare(work) : Uni.createFrom().item(document);
        return prepared.chain(this::embedPart)
                .onFailure()
                .recoverWithUni(failure -> FailedAttempts.isOfDocument(failure)
                        ? failures.blame(work, failure)
                        : failures.postpone(List.of(work), failure));
    }

    private Uni<LargeDocument> prepare(Work work) {
        return calls.cut(work).chain(chunks -> results.kept(work).chain(kept -> {
            if (LargeDocument.continues(chunks, kept)) {
                return Uni.createFrom().item(new LargeDocument(work, chunks, kept.size()));
            }
            // If this replica has lost the document, storing the first part will show that.
            return results.forget(work, lease).replaceWith(new LargeDocument(work, chunks, 0));
        }));
    }

    private Uni<Void> embedPart(LargeDocument document) {
        Work work = document.work();
        List<ChunkText> part = document.next(models.portion(work.model()));
        return calls.embed(work.model(), part).chain(vectors -> {
            List<Chunk> chunks = chunks(work, part, vectors.iterator());
            if (document.isLast(part)) {
                return results.complete(work, chunks, lease).invoke(() -> held.remove(List.of(work.held())));
            }
            return results.keep(work, chunks, lease)
                    .invoke(isHeld -> {
                        if (isHeld) {
                            continueWith(document.after(part));
                        } else {
                            held.remove(List.of(work.held()));
                        }
                    })
                    .replaceWithVoid();
        });
    }

    private void continueWith(LargeDocument document) {
        held.add(List.of(document.work().held()));
        current = document;
    }

    private static List<Chunk> chunks(Work work, List<ChunkText> texts, Iterator<Vector> vectors) {
        List<Chunk> chunks = new ArrayList<>();
        for (ChunkText text : texts) {
            chunks.add(new Chunk(work.id(), text.ordinal(), text.start(), text.end(), vectors.next()));
        }
        return chunks;
    }
}
