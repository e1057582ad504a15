package dev.tandem.service.transfer;

import dev.tandem.domain.refusal.Refusal;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;

/** Does work again that PostgreSQL was away for, some seconds long: whoever streams can't send it again from where it broke off. */
final class RetryWhileUnavailable {

    private static final int TRIES = 4;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(4);

    private RetryWhileUnavailable() {}

    /** The work, begun anew as long as it is refused as unavailable; after the last try with that refusal. Emits where it was begun. */
    static <T> Uni<T> with(Uni<T> work) {
        return Uni.createFrom().deferred(() -> {
            Context here = Vertx.currentContext();
            Uni<T> patient = work.onFailure(Refusal.Unavailable.class)
                    .retry()
                    .withBackOff(FIRST_PAUSE, LONGEST_PAUSE)
                    .atMost(TRIES)
                    .onFailure(RetryWhileUnavailable::isRetriesExhausted)
                    .transform(Throwable::getCause);
            // A pause ends on a thread of Mutiny's.
            return here == null ? patient : patient.emitOn(command -> here.runOnContext(ignored -> command.run()));
        });
    }

    /** Mutiny puts the last failure into one of its own. */
    private static boolean isRetriesExhausted(Throwable failure) {
        return failure instanceof IllegalStateException && failure.getCause() instanceof Refusal;
    }
}
