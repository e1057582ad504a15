package dev.tandem.api.callers.body;

import java.time.Duration;
import java.util.function.LongSupplier;

/** How fast a body arrives. Only the time counts in which the service waits for octets, so its own pauses are no fault of the caller. */
final class BodyPace {

    private final long least;
    private final long window;
    private final LongSupplier arrived;
    private final LongSupplier clock;

    private boolean isWaiting = true;
    private long waitedBefore;
    private long waitsSince;
    private long arrivedBefore;

    /**
     * @param leastRate in octets a second
     * @param window over which the rate is measured
     * @param arrived how many octets have arrived so far
     * @param clock in nanoseconds
     */
    BodyPace(int leastRate, Duration window, LongSupplier arrived, LongSupplier clock) {
        this.least = Math.max(1, leastRate * window.toMillis() / 1_000);
        this.window = window.toNanos();
        this.arrived = arrived;
        this.clock = clock;
        this.waitsSince = clock.getAsLong();
    }

    /** The service waits for octets from now on. */
    void await() {
        if (!isWaiting) {
            isWaiting = true;
            waitsSince = clock.getAsLong();
        }
    }

    /** The service does not wait for octets for the time being. */
    void pause() {
        if (isWaiting) {
            waitedBefore += clock.getAsLong() - waitsSince;
            isWaiting = false;
        }
    }

    /** Whether too little has arrived since the last look that was long enough after the one before. */
    boolean isTooSlow() {
        long now = clock.getAsLong();
        long waited = waitedBefore + (isWaiting ? now - waitsSince : 0);
        if (waited < window) {
            return false;
        }
        long all = arrived.getAsLong();
        boolean isTooSlow = all - arrivedBefore < least;
        arrivedBefore = all;
        waitedBefore = 0;
        waitsSince = now;
        return isTooSlow;
    }
}
