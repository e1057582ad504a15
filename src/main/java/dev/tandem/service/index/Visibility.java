package dev.tandem.service.index;

import dev.tandem.domain.change.Position;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The callers that wait for a sequence to become visible. */
final class Visibility {

    private final Map<UUID, Queue<Waiter>> waiting = new ConcurrentHashMap<>();
    private final Map<UUID, Position> reached = new ConcurrentHashMap<>();

    private record Waiter(long sequence, UniEmitter<? super Boolean> emitter) {}

    /**
     * Waits until the collection's index has reached the sequence, or until the time has passed. Returns whether it has; returns at once if
     * there is no index.
     */
    Uni<Boolean> await(UUID collectionId, long sequence, Duration atMost) {
        if (!atMost.isPositive()) {
            return Uni.createFrom().item(() -> hasReached(collectionId, sequence));
        }
        return Uni.createFrom()
                .<Boolean>emitter(emitter -> {
                    Waiter waiter = new Waiter(sequence, emitter);
                    Queue<Waiter> queue = waiting.computeIfAbsent(collectionId, id -> new ConcurrentLinkedQueue<>());
                    queue.add(waiter);
                    emitter.onTermination(() -> queue.remove(waiter));
                    // The index may have reached it before the waiter was added.
                    wake(collectionId);
                })
                .ifNoItem()
                .after(atMost)
                .recoverWithItem(false);
    }

    /** The collections with waiters. */
    Set<UUID> awaited() {
        Set<UUID> awaited = new HashSet<>();
        waiting.forEach((collectionId, queue) -> {
            if (!queue.isEmpty()) {
                awaited.add(collectionId);
            }
        });
        return awaited;
    }

    void reached(UUID collectionId, Position position) {
        reached.put(collectionId, position);
        wake(collectionId);
    }

    /** The index has no position in the present log. */
    void forget(UUID collectionId) {
        reached.remove(collectionId);
    }

    private boolean hasReached(UUID collectionId, long sequence) {
        Position position = reached.get(collectionId);
        return position != null && position.shows(sequence);
    }

    private void wake(UUID collectionId) {
        Queue<Waiter> queue = waiting.get(collectionId);
        if (queue != null) {
            queue.removeIf(waiter -> {
                boolean served = hasReached(collectionId, waiter.sequence);
                if (served) {
                    waiter.emitter.complete(true);
                }
                return served;
            });
        }
    }
}
