package dev.tandem.api.http;

import dev.tandem.domain.refusal.Refusal;
import io.smallrye.mutiny.Multi;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Limits how many streams of a kind run at once, and refuses the next one. A stream holds its slot until it ends, in whatever way. */
public final class StreamLimit {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final String busy;
    private final int most;
    private final AtomicInteger taken = new AtomicInteger();

    /** @param busy the code of the refusal */
    public StreamLimit(String busy, int most) {
        this.busy = busy;
        this.most = most;
    }

    /**
     * Takes a slot.
     *
     * @return gives the slot back; only the first call does
     * @throws Refusal.Unavailable if no slot is free
     */
    public Runnable take() {
        if (taken.incrementAndGet() > most) {
            taken.decrementAndGet();
            throw new Refusal.Unavailable(
                    busy, "The largest number of these that may run at once is running. Try again.", RETRY_AFTER);
        }
        AtomicBoolean held = new AtomicBoolean(true);
        return () -> {
            if (held.compareAndSet(true, false)) {
                taken.decrementAndGet();
            }
        };
    }

    /** The stream, holding a slot from its subscription to its end. */
    public <T> Multi<T> hold(Multi<T> stream) {
        return Multi.createFrom().deferred(() -> {
            Runnable release = take();
            return stream.onTermination().invoke(release);
        });
    }
}
