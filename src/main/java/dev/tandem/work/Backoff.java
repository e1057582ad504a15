package dev.tandem.work;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** Pauses that double from attempt to attempt. */
public record Backoff(Duration first, Duration longest) {

    private static final int MOST_DOUBLINGS = 10;

    /**
     * The pause after this many attempts in a row, counted from 1. It varies by up to half, so that what failed together does not come back
     * together.
     */
    public Duration after(int attempts) {
        long doubled = first.toMillis() << Math.min(MOST_DOUBLINGS, attempts - 1);
        long pause = Math.min(longest.toMillis(), doubled);
        return Duration.ofMillis(pause / 2 + ThreadLocalRandom.current().nextLong(Math.max(1, pause)));
    }
}
