package dev.tandem.service.quota;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * An amount that takes time to measure. It is measured now and then, and in between what this replica adds is added. So what others add is
 * noticed a moment later, and what was not stored in the end is forgotten.
 */
final class Estimate {

    private static final long FRESH_NANOS = Duration.ofSeconds(5).toNanos();

    /** A full store is not measured again for each request. */
    private static final long SURE_NANOS = Duration.ofMillis(500).toNanos();

    private long amount;
    private long measuredAt;
    private boolean isKnown;

    /** Whether there is room for more. What is given room counts from now on. */
    Uni<Boolean> admits(long more, long most, Supplier<Uni<Long>> measure) {
        long age;
        synchronized (this) {
            age = isKnown ? System.nanoTime() - measuredAt : Long.MAX_VALUE;
            if (age < FRESH_NANOS && take(more, most)) {
                return Uni.createFrom().item(true);
            }
        }
        return age < SURE_NANOS
                ? Uni.createFrom().item(false)
                : measure.get().map(measured -> measured(measured, more, most));
    }

    private synchronized boolean measured(long measured, long more, long most) {
        amount = measured;
        measuredAt = System.nanoTime();
        isKnown = true;
        return take(more, most);
    }

    private boolean take(long more, long most) {
        if (amount + more > most) {
            return false;
        }
        amount += more;
        return true;
    }
}
