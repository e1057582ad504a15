package dev.tandem.service.document;

import dev.tandem.domain.refusal.Refusal;
import java.time.Duration;

/**
 * The time by which drafts must have been checked, including the wait for a thread. A client waits for the check or rows are locked
 * meanwhile, and PostgreSQL ends a transaction that is idle for too long.
 *
 * @param nanos as returned by {@link System#nanoTime}
 */
public record JudgingDeadline(long nanos) {

    private static final Duration LONGEST = Duration.ofSeconds(15);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    /** The deadline for drafts whose check starts now. */
    public static JudgingDeadline fromNow() {
        return new JudgingDeadline(System.nanoTime() + LONGEST.toNanos());
    }

    /**
     * Called before each draft is checked.
     *
     * @throws Refusal.Unavailable if the deadline has passed
     */
    public void check() {
        if (System.nanoTime() - nanos > 0) {
            throw new Refusal.Unavailable(
                    Refusal.Unavailable.TIMEOUT, "Checking the documents took too long. Try again.", RETRY_AFTER);
        }
    }
}
