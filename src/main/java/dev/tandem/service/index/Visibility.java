package dev.tandem.service.index;

import dev.tandem.domain.change.Position;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The callers that wait for a sequence to become visible. */
@Singleton
class Visibility {

    private final Map<IndexPart, Queue<Waiter>> waiting = new ConcurrentHashMap<>();
    private final Map<IndexPart, Position> reached = new ConcurrentHashMap<>();
    private final Set<IndexPart> unused = ConcurrentHashMap.newKeySet();
    private final Set<IndexPart> spare = ConcurrentHashMap.newKeySet();

    private record Waiter(long sequence, UniEmitter<? super Boolean> emitter) {}

    /**
     * Waits until the part has reached the sequence, or until the time has passed. Returns whether it has.
     */
    Uni<Boolean> await(IndexPart part, long sequence, Duration atMost) {
        if (!atMost.isPositive()) {
            return Uni.createFrom().item(() -> hasReached(part, sequence));
        }
        return Uni.createFrom()
                .<Boolean>emitter(emitter -> {
                    Waiter waiter = new Waiter(sequence, emitter);
                    Queue<Waiter> queue = waiting.computeIfAbsent(part, id -> new ConcurrentLinkedQueue<>());
                    queue.add(waiter);
                    emitter.onTermination(() -> queue.remove(waiter));
                    // The index may have reached it before the waiter was added.
                    wake(part);
                })
                .ifNoItem()
                .after(atMost)
                .recoverWithItem(false);
    }

    /** The parts with waiters. */
    Set<IndexPart> awaited() {
        Set<IndexPart> awaited = new HashSet<>();
        waiting.forEach((part, queue) -> {
            if (!queue.isEmpty()) {
                awaited.add(part);
            }
        });
        return awaited;
    }

    /** The collection has no such part, so nobody waits for it. */
    void unused(IndexPart part) {
        unused.add(part);
        wake(part);
    }

    /** Whether the collection has the part, but searches do not use it yet: nobody waits for such a part. */
    void spare(IndexPart part, boolean isSpare) {
        if (isSpare) {
            spare.add(part);
            wake(part);
        } else {
            spare.remove(part);
        }
    }

    void reached(IndexPart part, Position position) {
        unused.remove(part);
        reached.put(part, position);
        wake(part);
    }

    /** How far searches see. */
    Position position(IndexPart part) {
        return reached.getOrDefault(part, Position.START);
    }

    /** The index has no position in the present log. */
    void forget(IndexPart part) {
        reached.remove(part);
    }

    /** Whether the part has reached the sequence; false for a part that the collection does not have. */
    boolean shows(IndexPart part, long sequence) {
        Position position = reached.get(part);
        return position != null && position.shows(sequence);
    }

    private boolean hasReached(IndexPart part, long sequence) {
        return unused.contains(part) || spare.contains(part) || shows(part, sequence);
    }

    private void wake(IndexPart part) {
        Queue<Waiter> queue = waiting.get(part);
        if (queue != null) {
            queue.removeIf(waiter -> {
                boolean served = hasReached(part, waiter.sequence);
                if (served) {
                    waiter.emitter.complete(true);
                }
                return served;
            });
        }
    }
}
