package dev.tandem.api.http;

import dev.tandem.domain.refusal.Refusal;
import io.smallrye.mutiny.Multi;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Lets a few streams of a kind run at once, and turns away the next. A stream holds its slot to its end, however it ends. */
public final class StreamLimit {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final String busy;
    private final int most;
    private final AtomicInteger taken = new AtomicInteger();

    /** @param busy what code it is to be turned away */
    public StreamLimit(String busy, int most) {
        this.busy = busy;
        this.most = most;
    }

    /**
     * Takes a slot.
     *
     * @return gives it back; only the first call does
     * @throws Refusal.Unavailable if there is none
     */
    public Runnable take() {
        if (taken.incrementAndGet() > most) {
            taken.decrementAndGet();
            throw new Refusal.Unavailable(
                    busy, "As many of these as may run at once are running. Try again.", RETRY_AFTER);
        }
        AtomicBoolean held = new AtomicBoolean(true);
        return () -> {
            if (held.compareAndSet(true, false)) {
                taken.decrementAndGet();
            }
        };
    }

    /** The stream, from its subscription to its end in a slot. */
    public <T> Multi<T> hold(Multi<T> stream) {
        return Multi.createFrom().deferred(() -> {
            Runnable release = take();
            return stream.onTermination().invoke(release);
        });
    }
}
