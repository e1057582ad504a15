package dev.tandem.sync;

import dev.tandem.service.index.check.IndexCheckConfig;
import dev.tandem.service.index.check.SelfChecking;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/**
 * Compares this replica's indexes with the rows, slowly and all the time. After a piece that takes long, as on a busy machine, it pauses
 * longer.
 */
@ApplicationScoped
@Priority(20)
public class SelfCheck implements Background {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /** At most one part in this many of the time is spent on it. */
    private static final int SHARE = 50;

    private final SelfChecking checking;
    private final boolean enabled;
    private final Loop loop;

    private volatile long restUntil = System.nanoTime();

    SelfCheck(SelfChecking checking, IndexCheckConfig config, Vertx vertx) {
        this.checking = checking;
        this.enabled = config.enabled();
        this.loop = new Loop("Comparing indexes with rows", vertx, this::round, config.interval(), config.interval());
    }

    @Override
    public void start() {
        if (enabled) {
            loop.poke();
        }
    }

    @Override
    public void stop() {
        loop.stop(PATIENCE);
    }

    private Uni<Boolean> round() {
        long begun = System.nanoTime();
        if (begun - restUntil < 0) {
            return Uni.createFrom().item(false);
        }
        return checking.next()
                .onTermination()
                .invoke(() -> restUntil = System.nanoTime() + SHARE * (System.nanoTime() - begun))
                .replaceWith(false);
    }
}
