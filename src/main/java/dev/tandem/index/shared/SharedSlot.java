package dev.tandem.index.shared;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What this replica knows about the shared index of one collection: its cursor a moment ago, and its own claim. */
final class SharedSlot {

    private static final long FRESH_NANOS = Duration.ofMillis(250).toNanos();
    /** No database is restored and serves again as fast. */
    private static final long HEARD_NANOS = Duration.ofSeconds(1).toNanos();

    private final Turns turns = new Turns();

    private Optional<Cursor> cursor = Optional.empty();
    private long readAt;
    private boolean isKnown;

    private @Nullable Claim claim;
    /** The fence of the last claim, until it was given back. The claim may have ended long ago. */
    private @Nullable Long due;

    private long counter;
    /** The fence that the counter belongs to. A claim that was lost from sight may come back with the same one. */
    private long counted;

    /** The greatest fence of which this replica has heard, and when it last asked the engine. */
    private long newest;

    private long heardAt;
    private boolean hasHeard;

    /** Changes of the index are made in turn. */
    Turns turns() {
        return turns;
    }

    /** The cursor if it was read a moment ago, or belongs to this replica. */
    synchronized @Nullable Optional<Cursor> recent() {
        boolean isFresh = isKnown && (System.nanoTime() - readAt < FRESH_NANOS || holds());
        return isFresh ? cursor : null;
    }

    /** The cursor is another one by now. */
    synchronized void forget() {
        isKnown = false;
    }

    synchronized Optional<Cursor> read(Optional<Cursor> now) {
        cursor = now;
        readAt = System.nanoTime();
        isKnown = true;
        return now;
    }

    /** The claim, if enough of it is left. */
    synchronized Optional<Claim> claim() {
        return Optional.ofNullable(claim).filter(held -> Instant.now().isBefore(held.renewal()));
    }

    private boolean holds() {
        Claim held = claim;
        return held != null && Instant.now().isBefore(held.until());
    }

    synchronized Optional<Claim> claimed(Optional<Claim> answer) {
        claim = answer.orElse(null);
        due = answer.map(Claim::fence).orElse(null);
        if (claim != null) {
            newest = Math.max(newest, claim.fence());
            if (counted != claim.fence()) {
                counted = claim.fence();
                counter = 0;
            }
            read(claim.cursor());
        }
        return answer;
    }

    /** The greatest fence of which this replica has heard; empty if it has not asked the engine for a while. */
    synchronized Optional<Long> newest() {
        return hasHeard && System.nanoTime() - heardAt < HEARD_NANOS ? Optional.of(newest) : Optional.empty();
    }

    /** @param fence the greatest one that the engine knows */
    synchronized long heard(long fence) {
        newest = Math.max(newest, fence);
        heardAt = System.nanoTime();
        hasHeard = true;
        return newest;
    }

    /** The version of the next write under the claim: higher than all before. */
    synchronized long nextVersion(long fence) {
        return Claim.version(fence, ++counter);
    }

    /** The position was moved under the claim. */
    synchronized void moved(Cursor now) {
        read(Optional.of(now));
        Claim held = claim;
        if (held != null) {
            claim = held.at(now);
        }
    }

    /** Whether this replica relies on a claim, which may need to be renewed. */
    synchronized boolean isClaimed() {
        return claim != null;
    }

    /** The fence of the claim to give back, also of one that has been lost from sight: it may not have ended yet. */
    synchronized Optional<Long> due() {
        return Optional.ofNullable(due);
    }

    /** The claim was given back. */
    synchronized void released() {
        due = null;
        lost();
    }

    /** Another replica may have changed everything by now. */
    synchronized void lost() {
        claim = null;
        isKnown = false;
    }
}
