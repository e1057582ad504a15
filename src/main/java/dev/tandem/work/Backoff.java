package dev.tandem.work;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** Pauses that double from attempt to attempt, up to the longest. */
public record Backoff(Duration first, Duration longest) {

    private static final int MOST_DOUBLINGS = 10;

    /** Pauses up to about a thousand times as long as the first one. */
    public Backoff(Duration first) {
        this(first, first.multipliedBy(1L << MOST_DOUBLINGS));
    }

    /** The pause after this many attempts in a row, counted from 1. */
    public Duration after(int attempts) {
        Duration doubled = first.multipliedBy(1L << Math.min(MOST_DOUBLINGS, attempts - 1));
        return doubled.compareTo(longest) < 0 ? doubled : longest;
    }

    /** The same pause, varied by up to half, so that what failed together does not come back together. */
    public Duration jitteredAfter(int attempts) {
        long pause = after(attempts).toMillis();
        return Duration.ofMillis(pause / 2 + ThreadLocalRandom.current().nextLong(Math.max(1, pause)));
    }
}
