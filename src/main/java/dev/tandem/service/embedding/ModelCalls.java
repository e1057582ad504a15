package dev.tandem.service.embedding;

import dev.tandem.domain.embedding.EmbeddingSettings;
import dev.tandem.domain.embedding.Vector;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.embedding.ChunkText;
import dev.tandem.embedding.DocumentEmbedder;
import dev.tandem.embedding.PartlyEmbedded;
import dev.tandem.work.Spans;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import jakarta.inject.Singleton;
import java.io.Serial;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Calls models, with a time limit and only until this replica stops. Everything fails with {@link ModelUnavailable} if a model can't
 * answer, and with {@link Stopped} from {@link #stop} on. A document causes any other failure.
 */
@Singleton
class ModelCalls {

    private static final String MODEL = "model";

    private final DocumentEmbedder embedder;
    private final Models models;
    private final Duration timeout;
    private final MeterRegistry meters;
    private final Spans spans;
    private final Set<Runnable> running = ConcurrentHashMap.newKeySet();
    private volatile boolean stopped;

    ModelCalls(DocumentEmbedder embedder, Models models, EmbeddingPolicy policy, MeterRegistry meters, Spans spans) {
        this.embedder = embedder;
        this.models = models;
        this.timeout = policy.embeddingTimeout();
        this.meters = meters;
        this.spans = spans;
    }

    /** The chunks of a document, in order, without vectors. */
    Uni<List<ChunkText>> cut(Work work) {
        return guarded(embedder.cut(work.model(), work.collection().settings().chunking(), work.document()));
    }

    /**
     * What a model has made of chunks.
     *
     * @param vectors of the chunks, in their order; null for a chunk without one
     * @param cause why not all chunks have one; null if they have
     */
    record Made(List<@Nullable Vector> vectors, @Nullable PartlyEmbedded cause) {

        /** How many of the first chunks have vectors. */
        int leading() {
            int missing = vectors.indexOf(null);
            return missing < 0 ? vectors.size() : missing;
        }

        /** The vectors of these chunks, which must have some. */
        List<Vector> between(int from, int to) {
            return vectors.subList(from, to).stream()
                    .map(Objects::requireNonNull)
                    .toList();
        }

        boolean isWhole(int from, int to) {
            return !vectors.subList(from, to).contains(null);
        }

        /** Whether some of these chunks have vectors, but not all. */
        boolean isBegun(int from, int to) {
            return !isWhole(from, to) && vectors.subList(from, to).stream().anyMatch(Objects::nonNull);
        }

        /** Why the model refuses one of these chunks; null if it does not. */
        @Nullable
        String refusal(int from, int to) {
            return cause == null ? null : cause.refusal(from, to);
        }

        /** Why the model has not come to all chunks; null if it has. */
        @Nullable
        ModelUnavailable unavailable() {
            return cause == null || cause.unavailable() == null ? null : new ModelUnavailable(cause.unavailable());
        }
    }

    /** The vectors of chunks, as far as the model could make them. */
    Uni<Made> embed(String model, List<ChunkText> chunks) {
        if (chunks.isEmpty()) {
            return Uni.createFrom().item(new Made(List.of(), null));
        }
        return Uni.createFrom().deferred(() -> {
            long begun = System.nanoTime();
            return guarded(spans.alone("embed", Map.of(MODEL, model), embedder.embed(model, chunks)))
                    .map(vectors -> new Made(new ArrayList<>(vectors), null))
                    .onFailure(PartlyEmbedded.class)
                    .recoverWithItem(failure -> made((PartlyEmbedded) failure))
                    .invoke(made -> record(model, made, Duration.ofNanos(System.nanoTime() - begun)))
                    .onFailure(ModelUnavailable.class)
                    .invoke(() -> failures(model, 1));
        });
    }

    private static Made made(PartlyEmbedded some) {
        return new Made(some.vectors(), some);
    }

    private void record(String model, Made made, Duration took) {
        meters.timer("tandem.embedding.calls", MODEL, model).record(took);
        meters.counter("tandem.embedding.texts", MODEL, model).increment(made.vectors.size());
        if (made.unavailable() == null) {
            models.answered(model, made.vectors.size(), took);
            failures(model, 0);
        } else {
            models.answeredInPart(model);
            failures(model, 1);
        }
    }

    /** None is counted too, since an alarm can't see the first one of a series that begins with it. */
    private void failures(String model, int more) {
        meters.counter("tandem.embedding.failures", MODEL, model).increment(more);
    }

    /** Why the model's vectors would not fit the set; null if they would, or if it is not known. */
    Refusal.@Nullable Unavailable misfit(Work work) {
        EmbeddingSettings settings = work.set().embedding();
        int made = embedder.dimensions(settings.model());
        return made == 0 || made == settings.dimensions() ? null : settings.misfit(made);
    }

    /** This replica is stopping, and leaves its unfinished documents to others. */
    static final class Stopped extends RuntimeException {

        @Serial
        private static final long serialVersionUID = 1L;

        private Stopped() {
            super("This replica is stopping.", null, false, false);
        }
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
