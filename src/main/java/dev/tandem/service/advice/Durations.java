package dev.tandem.service.advice;

import dev.tandem.domain.advice.FieldUsage;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/** Durations, counted in a few classes, of which each reaches 1.4 times as far as the one before: from a quarter of a millisecond to eight seconds. */
final class Durations {

    private static final double SHORTEST = Duration.ofNanos(250_000).toNanos();
    private static final int CLASSES = 32;

    private final AtomicLongArray counts = new AtomicLongArray(CLASSES);
    private final AtomicLong total = new AtomicLong();
    private final AtomicLong longest = new AtomicLong();

    void add(long nanos) {
        total.addAndGet(nanos);
        longest.accumulateAndGet(nanos, Math::max);
        counts.incrementAndGet(classOf(nanos));
    }

    private static int classOf(long nanos) {
        double halves = 2 * Math.log(nanos / SHORTEST) / Math.log(2);
        return (int) Math.clamp(Math.ceil(halves), 0, CLASSES - 1);
    }

    long count() {
        long count = 0;
        for (int i = 0; i < CLASSES; i++) {
            count += counts.get(i);
        }
        return count;
    }

    FieldUsage.Times times() {
        long count = count();
        return count == 0 ? FieldUsage.Times.NONE : new FieldUsage.Times(count, mean(), percentile(0.95));
    }

    /** Of at least one. */
    Duration mean() {
        return Duration.ofNanos(total.get() / count());
    }

    /** That this part of them, from 0 to 1, took at most. It is as exact as the classes are. */
    Duration percentile(double part) {
        double wanted = part * count();
        long seen = counts.get(0);
        int last = 0;
        while (seen < wanted && last < CLASSES - 1) {
            seen += counts.get(++last);
        }
        long reach = last == CLASSES - 1 ? Long.MAX_VALUE : (long) (SHORTEST * Math.pow(2, last / 2.0));
        return Duration.ofNanos(Math.min(reach, longest.get()));
    }
}
