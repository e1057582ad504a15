package dev.tandem.testing;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** How tests wait: never longer than a limit, and never by sleeping. */
public final class Waiting {

    public static final Duration PATIENCE = Duration.ofMinutes(2);

    private Waiting() {}

    /** Waits for the item on a thread that may block. */
    public static <T> T get(Uni<T> uni) {
        return uni.await().atMost(PATIENCE);
    }

    /** Waits inside a reactive chain, and goes on where it was. */
    public static Uni<Void> meet(CompletableFuture<Void> gate) {
        return Uni.createFrom().deferred(() -> {
            Context here = Vertx.currentContext();
            return Uni.createFrom()
                    .completionStage(gate)
                    .emitOn(command -> here.runOnContext(ignored -> command.run()));
        });
    }
}
