package dev.tandem.index.shared;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The right of this replica to change the shared index of a collection, for a time.
 *
 * @param fence greater than that of every claim before, also before the index was dropped, and below 2^42; what a holder says whose claim has ended is refused by it
 * @param renewal when it has to be renewed before anything is begun under it, by the clock of this replica
 * @param until when it ends unless it is renewed, by the same clock
 * @param cursor where the index stands; empty if it was never built
 */
public record Claim(long fence, Instant renewal, Instant until, Optional<Cursor> cursor) {

    /** What is left of a claim that has to be renewed, as a part of the whole. */
    private static final int TIGHT = 3;

    /** A claim that began at that time. */
    public static Claim of(long fence, Instant from, Duration lease, Optional<Cursor> cursor) {
        Instant until = from.plus(lease);
        return new Claim(fence, until.minus(lease.dividedBy(TIGHT)), until, cursor);
    }

    /** The same, of an index that stands elsewhere now. */
    Claim at(Cursor now) {
        return new Claim(fence, renewal, until, Optional.of(now));
    }

    /** The lower bits of a version count the writes under one claim. */
    private static final int COUNTER_BITS = 21;

    /** The version of a write under a claim. */
    public static long version(long fence, long counter) {
        return (fence << COUNTER_BITS) + counter;
    }

    /** The fence of the claim under which a version was written. */
    public static long fence(long version) {
        return version >> COUNTER_BITS;
    }
}
