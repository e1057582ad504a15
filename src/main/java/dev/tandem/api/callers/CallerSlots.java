package dev.tandem.api.callers;

import dev.tandem.domain.refusal.Refusal;
import io.smallrye.mutiny.Multi;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * Limits how many requests of a kind are served at once, in all and for each caller, and refuses the next one at once: what waits for long is
 * of no use to its caller, and delays the others. A request holds its slot until it ends, in whatever way.
 */
public final class CallerSlots {

    private final String busy;
    private final int most;
    private final int mostOfOne;
    private final Duration retryAfter;
    private final AtomicInteger taken = new AtomicInteger();
    private final Map<String, Integer> takenByCaller = new ConcurrentHashMap<>();
    private final LongAdder refused = new LongAdder();

    /**
     * @param busy the code of the refusal
     * @param share which part of them one caller may have, from 0 to 1; it may always have one
     * @param retryAfter when one is likely to be free
     */
    public CallerSlots(String busy, int most, double share, Duration retryAfter) {
        this.busy = busy;
        this.most = most;
        this.mostOfOne = Math.max(1, (int) (most * share));
        this.retryAfter = retryAfter;
    }

    /**
     * Takes a slot.
     *
     * @return gives the slot back; only the first call does
     * @throws Refusal.Unavailable if no slot is free, or the caller has its share of them
     */
    public Runnable take(String caller) {
        // First those of the caller: one that asks again and again takes none from the others meanwhile.
        if (takenByCaller.merge(caller, 1, Integer::sum) > mostOfOne) {
            giveBackOwn(caller);
            throw refusal(caller);
        }
        if (taken.incrementAndGet() > most) {
            giveBack(caller);
            throw refusal(caller);
        }
        return once(caller);
    }

    /** Takes a slot even if none is free, for what has been let in already. The result is as of {@link #take}. */
    Runnable count(String caller) {
        takenByCaller.merge(caller, 1, Integer::sum);
        taken.incrementAndGet();
        return once(caller);
    }

    private Runnable once(String caller) {
        AtomicBoolean held = new AtomicBoolean(true);
        return () -> {
            if (held.compareAndSet(true, false)) {
                giveBack(caller);
            }
        };
    }

    /** Fails as {@link #take} would at the moment. */
    public void check(String caller) {
        if (isFull(caller)) {
            throw refusal(caller);
        }
    }

    /** Whether {@link #take} would fail at the moment. */
    boolean isFull(String caller) {
        return taken.get() >= most || hasItsShare(caller);
    }

    /** The refusal for a request that no slot is free for; it is counted. */
    Refusal refusal(String caller) {
        refused.increment();
        String detail = hasItsShare(caller)
                ? "You have as many of these in flight as one caller may. Wait until one has ended."
                : "The largest number of these that may be in flight is in flight. Try again.";
        return new Refusal.Unavailable(busy, detail, retryAfter);
    }

    private boolean hasItsShare(String caller) {
        return takenByCaller.getOrDefault(caller, 0) >= mostOfOne;
    }

    /** The stream, holding a slot from its subscription to its end. */
    public <T> Multi<T> hold(String caller, Multi<T> stream) {
        return Multi.createFrom().deferred(() -> {
            Runnable release = take(caller);
            return stream.onTermination().invoke(release);
        });
    }

    private void giveBack(String caller) {
        giveBackOwn(caller);
        taken.decrementAndGet();
    }

    private void giveBackOwn(String caller) {
        takenByCaller.computeIfPresent(caller, (name, count) -> count == 1 ? null : count - 1);
    }

    /** How many there are. */
    int most() {
        return most;
    }

    /** How many are taken at the moment. */
    int taken() {
        return taken.get();
    }

    /** How many requests were refused since the start. */
    long refused() {
        return refused.sum();
    }
}
