package dev.tandem.sync;

import io.vertx.core.Vertx;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** Deletes expired rows, a few at a time. Every replica does so, and none waits for another. */
@ApplicationScoped
@Priority(30)
public class Sweeper implements Background {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Loop loop;

    Sweeper(RowSweeps rows, SyncConfig config, Vertx vertx) {
        this.loop =
                new Loop("Sweeping rows", vertx, () -> rows.sweep().replaceWith(false), config.sweep(), config.sweep());
    }

    @Override
    public void start() {
        loop.poke();
    }

    @Override
    public void stop() {
        loop.stop(PATIENCE);
    }
}
