package dev.tandem.work;

import dev.tandem.domain.refusal.Refusal;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A few threads for the work of many owners, who take turns: however much one of them brings, the next thread that becomes free serves
 * another one that waits. One owner has never more threads than it may, so slow work of one need not stop the others. What waits for too
 * long is refused, because an answer that late would only delay others. What is cancelled no longer waits, and is asked to stop if it runs.
 */
public final class FairPool implements AutoCloseable {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    /** Work that can be asked to stop. */
    public interface Work<T extends @Nullable Object> {
        T run(Stop stop) throws Exception;
    }

    private final String name;
    private final int size;
    private final int ofOne;
    private final int queue;
    private final Duration patience;
    private final WorkerPool threads;
    private final ScheduledThreadPoolExecutor clock;

    /** What waits, by its owner; the owner whose turn is next is the first. Guarded by this. */
    private final Map<Object, Deque<Piece<?>>> waiting = new LinkedHashMap<>();

    /** How many threads each owner has. Guarded by this. */
    private final Map<Object, Integer> running = new HashMap<>();

    private int waitingPieces;
    private int busy;
    private boolean closed;

    /**
     * @param name of the pool, and the prefix of its threads' names
     * @param size the number of threads
     * @param ofOne how many of them one owner may have at a time
     * @param queue how many pieces of work may wait
     * @param patience how long a piece of work may wait
     */
    public FairPool(String name, int size, int ofOne, int queue, Duration patience) {
        this.name = name;
        this.size = size;
        this.ofOne = ofOne;
        this.queue = queue;
        this.patience = patience;
        this.threads = new WorkerPool(name, size, size);
        this.clock = new ScheduledThreadPoolExecutor(
                1,
                Thread.ofPlatform().daemon().name("tandem-" + name + "-clock").factory());
        this.clock.setRemoveOnCancelPolicy(true);
    }

    /**
     * Runs the work on one of the threads when subscribed to, and emits on the subscriber's Vert.x context if there is one. Fails with
     * {@link Refusal.Unavailable} at once when the queue is full, and as soon as the work has waited for too long.
     *
     * @param owner who takes turns with other owners
     */
    public <T extends @Nullable Object> Uni<T> run(Object owner, Work<T> work) {
        return CallerContext.keep(Uni.createFrom().emitter(emitter -> {
            Piece<T> piece = new Piece<>(owner, work, emitter);
            emitter.onTermination(() -> end(piece));
            begin(piece);
        }));
    }

    private void begin(Piece<?> piece) {
        switch (place(piece)) {
            case ON_A_THREAD -> threads.executor().execute(() -> work(piece));
            case NOWHERE -> piece.refuse();
            case IN_THE_QUEUE -> {}
        }
    }

    private enum Place {
        ON_A_THREAD,
        IN_THE_QUEUE,
        NOWHERE
    }

    private synchronized Place place(Piece<?> piece) {
        if (closed) {
            return Place.NOWHERE;
        }
        if (busy < size && mayRun(piece.owner)) {
            busy++;
            running.merge(piece.owner, 1, Integer::sum);
            return Place.ON_A_THREAD;
        }
        if (waitingPieces >= queue) {
            return Place.NOWHERE;
        }
        waiting.computeIfAbsent(piece.owner, ignored -> new ArrayDeque<>()).addLast(piece);
        waitingPieces++;
        piece.limit = clock.schedule(() -> expire(piece), patience.toMillis(), TimeUnit.MILLISECONDS);
        return Place.IN_THE_QUEUE;
    }

    /** Serves one piece after the other until none waits. */
    private void work(Piece<?> first) {
        Piece<?> next = first;
        while (next != null) {
            next.run();
            next = next(next.owner);
        }
    }

    private boolean mayRun(Object owner) {
        return running.getOrDefault(owner, 0) < ofOne;
    }

    /** @param served the owner whose work has ended on this thread */
    private synchronized @Nullable Piece<?> next(Object served) {
        running.computeIfPresent(served, (owner, count) -> count == 1 ? null : count - 1);
        Iterator<Map.Entry<Object, Deque<Piece<?>>>> owners = waiting.entrySet().iterator();
        while (owners.hasNext()) {
            Map.Entry<Object, Deque<Piece<?>>> owner = owners.next();
            if (mayRun(owner.getKey())) {
                owners.remove();
                return begun(owner);
            }
        }
        busy--;
        return null;
    }

    private Piece<?> begun(Map.Entry<Object, Deque<Piece<?>>> owner) {
        Piece<?> piece = owner.getValue().removeFirst();
        if (!owner.getValue().isEmpty()) {
            waiting.put(owner.getKey(), owner.getValue());
        }
        running.merge(owner.getKey(), 1, Integer::sum);
        waitingPieces--;
        piece.stopWaiting();
        return piece;
    }

    private void expire(Piece<?> piece) {
        if (leave(piece)) {
            piece.refuse();
        }
    }

    /** After its end or its cancellation. */
    private void end(Piece<?> piece) {
        piece.stop.ask();
        leave(piece);
    }

    /** Whether the piece was still waiting. */
    private synchronized boolean leave(Piece<?> piece) {
        Deque<Piece<?>> pieces = waiting.get(piece.owner);
        if (pieces == null || !pieces.remove(piece)) {
            return false;
        }
        if (pieces.isEmpty()) {
            waiting.remove(piece.owner);
        }
        waitingPieces--;
        piece.stopWaiting();
        return true;
    }

    /** Lets running work finish for a moment, and refuses what waits. */
    @Override
    public void close() {
        List<Piece<?>> left = new ArrayList<>();
        synchronized (this) {
            closed = true;
            waiting.values().forEach(left::addAll);
            waiting.clear();
            waitingPieces = 0;
        }
        clock.shutdownNow();
        left.forEach(Piece::refuse);
        threads.close();
    }

    private final class Piece<T extends @Nullable Object> {

        private final Object owner;
        private final Work<T> work;
        private final UniEmitter<? super T> emitter;
        private final Stop stop = new Stop();
        private @Nullable Future<?> limit;

        Piece(Object owner, Work<T> work, UniEmitter<? super T> emitter) {
            this.owner = owner;
            this.work = work;
            this.emitter = emitter;
        }

        void run() {
            if (stop.isAsked()) {
                return;
            }
            T value;
            try {
                value = work.run(stop);
            } catch (Throwable failure) {
                emitter.fail(failure);
                return;
            }
            emitter.complete(value);
        }

        void stopWaiting() {
            if (limit != null) {
                limit.cancel(false);
            }
        }

        void refuse() {
            emitter.fail(new Refusal.Unavailable(
                    "busy." + name, "Too much " + name + " work is waiting. Try again.", RETRY_AFTER));
        }
    }
}
