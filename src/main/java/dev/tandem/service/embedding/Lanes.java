package dev.tandem.service.embedding;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One lane for each model that is embedding: a model that is slow, or does not answer at all, delays no documents but its own. */
@Singleton
class Lanes {

    private final Map<String, List<Work>> busy = new HashMap<>();
    private final List<UniEmitter<? super Void>> waiting = new ArrayList<>();
    private @Nullable Throwable failure;
    private Runnable whenFree = () -> {};

    /** The models that are embedding now. */
    synchronized Set<String> busy() {
        return Set.copyOf(busy.keySet());
    }

    /** The documents in all lanes. */
    synchronized List<Work> work() {
        return busy.values().stream().flatMap(List::stream).toList();
    }

    /** Starts the work of a model whose lane is free, and does not wait for it. */
    void start(String model, List<Work> documents, Uni<Void> work) {
        synchronized (this) {
            busy.put(model, documents);
        }
        work.subscribe().with(ignored -> end(model, null), failed -> end(model, failed));
    }

    private void end(String model, @Nullable Throwable failed) {
        List<UniEmitter<? super Void>> told = List.of();
        Runnable next;
        synchronized (this) {
            busy.remove(model);
            failure = failure == null ? failed : failure;
            if (busy.isEmpty()) {
                told = List.copyOf(waiting);
                waiting.clear();
            }
            next = whenFree;
        }
        told.forEach(emitter -> emitter.complete(null));
        next.run();
    }

    /** Fails as the first lane that has failed since the last call. */
    synchronized Uni<Void> outcome() {
        Throwable failed = failure;
        failure = null;
        return failed == null ? Uni.createFrom().voidItem() : Uni.createFrom().failure(failed);
    }

    /** Completes as soon as no lane is busy. */
    Uni<Void> idle() {
        return Uni.createFrom().emitter(emitter -> {
            synchronized (this) {
                if (!busy.isEmpty()) {
                    waiting.add(emitter);
                    return;
                }
            }
            emitter.complete(null);
        });
    }

    /** Runs this each time a lane has become free. */
    synchronized void whenFree(Runnable next) {
        whenFree = next;
    }
}
