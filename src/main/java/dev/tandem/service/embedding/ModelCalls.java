package dev.tandem.service.embedding;

import dev.tandem.domain.embedding.Vector;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.embedding.ChunkText;
import dev.tandem.embedding.DocumentEmbedder;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Calls models, with a time limit and only until this replica stops. Everything fails with {@link ModelUnavailable} if a model can't
 * answer, and with {@link Stopped} from {@link #stop} on. A document causes any other failure.
 */
@Singleton
class ModelCalls {

    private final DocumentEmbedder embedder;
    private final Models models;
    private final Duration timeout;
    private final Set<Runnable> running = ConcurrentHashMap.newKeySet();
    private volatile boolean stopped;

    ModelCalls(DocumentEmbedder embedder, Models models, EmbeddingPolicy policy) {
        this.embedder = embedder;
        this.models = models;
        this.timeout = policy.embeddingTimeout();
    }

    /** The chunks of a document, in order, without vectors. */
    Uni<List<ChunkText>> cut(Work work) {
        return guarded(embedder.cut(work.collection(), work.document()));
    }

    /** The vectors of chunks, in their order. */
    Uni<List<Vector>> embed(String model, List<ChunkText> chunks) {
        if (chunks.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        return Uni.createFrom().deferred(() -> {
            long begun = System.nanoTime();
            return guarded(embedder.embed(model, chunks))
                    .invoke(() -> models.answered(model, chunks.size(), Duration.ofNanos(System.nanoTime() - begun)));
        });
    }

    boolean isStopped() {
        return stopped;
    }

    /** Cancels the calls in progress, and refuses all calls from now on. */
    void stop() {
        stopped = true;
        running.forEach(Runnable::run);
    }

    private <T> Uni<T> guarded(Uni<T> call) {
        return untilStopped(call.ifNoItem().after(timeout).failWith(this::tooSlow))
                .onFailure(Refusal.Unavailable.class)
                .transform(failure -> new ModelUnavailable((Refusal.Unavailable) failure));
    }

    private Refusal.Unavailable tooSlow() {
        return new Refusal.Unavailable(
                "embedding.timeout",
                "The embedding model did not answer within " + timeout.toSeconds() + " s.",
                timeout);
    }

    private <T> Uni<T> untilStopped(Uni<T> call) {
        return Uni.createFrom().emitter(emitter -> {
            Cancellable subscription = call.subscribe().with(emitter::complete, emitter::fail);
            Runnable stop = () -> {
                subscription.cancel();
                emitter.fail(new Stopped());
            };
            running.add(stop);
            emitter.onTermination(() -> running.remove(stop));
            if (stopped) {
                stop.run();
            }
        });
    }
}
