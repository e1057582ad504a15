package dev.tandem.service.document;

import dev.tandem.domain.refusal.Refusal;
import java.time.Duration;

/**
 * By when drafts must have been judged, the wait for a thread included. A caller waits for it, or rows are locked meanwhile, and PostgreSQL
 * ends a transaction in which nothing happens for too long.
 *
 * @param nanos by {@link System#nanoTime}
 */
public record JudgingDeadline(long nanos) {

    private static final Duration LONGEST = Duration.ofSeconds(15);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    /** Of drafts whose turn begins now. */
    public static JudgingDeadline fromNow() {
        return new JudgingDeadline(System.nanoTime() + LONGEST.toNanos());
    }

    /**
     * Asked before each draft is judged.
     *
     * @throws Refusal.Unavailable if it has passed
     */
    public void check() {
        if (System.nanoTime() - nanos > 0) {
            throw new Refusal.Unavailable(
                    Refusal.Unavailable.TIMEOUT, "The documents took too long to be judged. Try again.", RETRY_AFTER);
        }
    }
}
