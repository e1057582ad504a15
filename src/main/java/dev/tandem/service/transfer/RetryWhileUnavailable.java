package dev.tandem.service.transfer;

import dev.tandem.domain.refusal.Refusal;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
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
        return Uni.createFrom().deferred(() -> {
            Context here = Vertx.currentContext();
            Uni<T> patient = work.onFailure(Refusal.Unavailable.class)
                    .retry()
                    .withBackOff(FIRST_PAUSE, LONGEST_PAUSE)
                    .atMost(TRIES)
                    .onFailure(RetryWhileUnavailable::isRetriesExhausted)
                    .transform(Throwable::getCause);
            // A pause ends on a thread of Mutiny.
            return here == null ? patient : patient.emitOn(command -> here.runOnContext(ignored -> command.run()));
        });
    }

    /** Mutiny wraps the last failure in one of its own. */
    private static boolean isRetriesExhausted(Throwable failure) {
        return failure instanceof IllegalStateException && failure.getCause() instanceof Refusal;
    }
}
