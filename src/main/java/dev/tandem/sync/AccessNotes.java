package dev.tandem.sync;

import dev.tandem.service.access.AccessConfig;
import dev.tandem.service.access.Audit;
import dev.tandem.service.access.KeyUses;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** Writes down from time to time what was refused and which keys were used, and deletes what is old. */
@ApplicationScoped
@Priority(10)
public class AccessNotes implements Background {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Audit audit;
    private final KeyUses uses;
    private final Loop loop;

    AccessNotes(Audit audit, KeyUses uses, AccessConfig config, Vertx vertx) {
        this.audit = audit;
        this.uses = uses;
        this.loop = new Loop("Writing notes on access", vertx, this::round, config.notes(), config.notes());
    }

    @Override
    public void start() {
        loop.poke();
    }

    /** Writes down once more what there is. */
    @Override
    public void stop() {
        loop.poke();
        loop.stop(PATIENCE);
    }

    private Uni<Boolean> round() {
        return audit.write().chain(uses::write).chain(audit::prune).replaceWith(false);
    }
}
