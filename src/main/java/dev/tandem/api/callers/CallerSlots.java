package dev.tandem.api.callers;

import dev.tandem.domain.refusal.Refusal;
import io.smallrye.mutiny.Multi;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Limits how many streams of a kind run at once, in all and for each caller, and refuses the next one. A stream holds its slot until it
 * ends, in whatever way.
 */
public final class CallerSlots {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final String busy;
    private final int most;
    private final int mostOfOne;
    private final AtomicInteger taken = new AtomicInteger();
    private final Map<String, Integer> takenByCaller = new ConcurrentHashMap<>();

    /**
     * @param busy the code of the refusal
     * @param share which part of them one caller may have, from 0 to 1; it may always have one
     */
    public CallerSlots(String busy, int most, double share) {
        this.busy = busy;
        this.most = most;
        this.mostOfOne = Math.max(1, (int) (most * share));
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
            throw refusal("You run as many of these at once as one caller may. Wait until one has ended.");
        }
        if (taken.incrementAndGet() > most) {
            giveBack(caller);
            throw refusal("The largest number of these that may run at once is running. Try again.");
        }
        AtomicBoolean held = new AtomicBoolean(true);
        return () -> {
            if (held.compareAndSet(true, false)) {
                giveBack(caller);
            }
        };
    }

    /** Fails as {@link #take} would at the moment. */
    public void check(String caller) {
        take(caller).run();
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

    private Refusal refusal(String detail) {
        return new Refusal.Unavailable(busy, detail, RETRY_AFTER);
    }
}
