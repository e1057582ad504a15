package dev.tandem.index.shared;

import java.time.Instant;
import java.util.Optional;

/**
 * The right of this replica to change the shared index of a collection, for a time.
 *
 * @param fence greater than that of every claim before, also before the index was dropped, and below 2^42; what a holder says whose claim has ended is refused by it
 * @param until when it ends unless it is renewed, by the clock of this replica
 * @param cursor where the index stands; empty if it was never built
 */
public record Claim(long fence, Instant until, Optional<Cursor> cursor) {

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
