package dev.tandem.service.embedding;

import dev.tandem.domain.document.Chunk;
import dev.tandem.domain.embedding.Vector;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.embedding.ChunkText;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Embeds large documents, one of a model at a time and in turns of about two seconds, so that others are embedded in between. The result of each turn
 * is stored, so a crash costs at most one turn. Only one large document of each model is in memory.
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

    /** What waits for its next turn, by model. */
    private final Map<String, LargeDocument> current = new ConcurrentHashMap<>();

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

    /** Claims a due large document, if there is one, except for collections of these models. */
    Uni<List<Work>> claim(Set<String> notNow) {
        return tasks.claimLarge(notNow);
    }

    /**
     * Embeds a part of a model's large document, if there is one.
     *
     * @param large the one that waits for its turn, or one that has just been claimed; or none
     */
    Uni<Void> takeTurn(String model, List<Work> large) {
        LargeDocument document = current.remove(model);
        return large.isEmpty() || !held.has(large.getFirst())
                ? Uni.createFrom().voidItem()
                : begin(large.getFirst(), document);
    }

    /** The documents that wait for their next turn, by model. */
    Map<String, Work> inHand() {
        // A document that this replica has lost waits no longer.
        current.values().removeIf(document -> !held.has(document.work()));
        Map<String, Work> waiting = new HashMap<>();
        current.forEach((model, document) -> waiting.put(model, document.work()));
        return waiting;
    }

    private Uni<Void> begin(Work work, @Nullable LargeDocument document) {
        if (calls.isStopped()) {
            return tasks.giveBack(List.of(work), null);
        }
        if (failures.isGivenUp(work)) {
            return failures.giveUp(work);
        }
        Refusal.Unavailable misfit = calls.misfit(work);
        if (misfit != null) {
            return failures.putOff(work, misfit);
        }
        return tasks.begin(List.of(work))
                .chain(begun -> begun.isEmpty() ? Uni.createFrom().voidItem() : attempt(work, document));
    }

    private Uni<Void> attempt(Work work, @Nullable LargeDocument document) {
        Uni<LargeDocument> prepared =
                document == null ? prepare(work) : Uni.createFrom().item(document);
        return prepared.chain(this::embedPart)
                .onFailure()
                .recoverWithUni(failure -> FailedAttempts.isOfDocument(failure)
                        ? failures.blame(work, failure)
                        : failures.postpone(work.model(), List.of(work), failure));
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
        List<ChunkText> part = document.next(models.portionOfLarge(work.model()));
        return calls.embed(work.model(), part).chain(made -> {
            int done = made.leading();
            if (done == 0 && !part.isEmpty()) {
                return missing(work, made);
            }
            List<Vector> vectors = made.between(0, done);
            work.requireDimensions(vectors);
            String unfit = work.unfit(vectors);
            return unfit == null ? store(document, part.subList(0, done), vectors, made) : failures.blame(work, unfit);
        });
    }

    /** Nothing could be made: of the first chunk if it is refused, otherwise of any. */
    private Uni<Void> missing(Work work, ModelCalls.Made made) {
        String refusal = made.refusal(0, 1);
        return refusal == null
                ? Uni.createFrom().failure(Objects.requireNonNull(made.unavailable()))
                : failures.blame(work, refusal);
    }

    private Uni<Void> store(LargeDocument document, List<ChunkText> part, List<Vector> vectors, ModelCalls.Made made) {
        Work work = document.work();
        List<Chunk> chunks = chunks(work, part, vectors.iterator());
        if (document.isLast(part)) {
            return results.complete(work, chunks, lease).invoke(() -> held.remove(List.of(work.held())));
        }
        ModelUnavailable unavailable = made.unavailable();
        return results.keep(work, chunks, lease).chain(isHeld -> {
            if (!isHeld) {
                held.remove(List.of(work.held()));
                return Uni.createFrom().voidItem();
            }
            if (unavailable != null) {
                return failures.postpone(work.model(), List.of(work.untried()), unavailable);
            }
            continueWith(document.after(part));
            return Uni.createFrom().voidItem();
        });
    }

    private void continueWith(LargeDocument document) {
        held.add(List.of(document.work().held()));
        current.put(document.work().model(), document);
    }

    private static List<Chunk> chunks(Work work, List<ChunkText> texts, Iterator<Vector> vectors) {
        List<Chunk> chunks = new ArrayList<>();
        for (ChunkText text : texts) {
            chunks.add(new Chunk(work.id(), text.ordinal(), text.start(), text.end(), vectors.next()));
        }
        return chunks;
    }
}
