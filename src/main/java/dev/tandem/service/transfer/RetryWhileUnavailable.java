package dev.tandem.service.transfer;

import dev.tandem.domain.refusal.Refusal;
import dev.tandem.work.CallerContext;
import io.smallrye.mutiny.Uni;
import java.time.Duration;

/**
 * Retries work for a few seconds while PostgreSQL is unavailable, because a client that streams cannot resume where the stream broke off.
 */
final class RetryWhileUnavailable {

    private static final int TRIES = 4;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(4);

    private RetryWhileUnavailable() {}

    /**
     * Starts the work again as long as it is refused as unavailable, and fails with the last refusal in the end. Emits on the context that
     * called.
     */
    static <T> Uni<T> with(Uni<T> work) {
        // A pause ends on a thread of Mutiny's.
        return CallerContext.keep(work.onFailure(Refusal.Unavailable.class)
                .retry()
                .withBackOff(FIRST_PAUSE, LONGEST_PAUSE)
                .atMost(TRIES)
                .onFailure(RetryWhileUnavailable::isRetriesExhausted)
                .transform(Throwable::getCause));
    }

    /** Mutiny wraps the last failure in one of its own. */
    private static boolean isRetriesExhausted(Throwable failure) {
        return failure instanceof IllegalStateException && failure.getCause() instanceof Refusal;
    }
}
