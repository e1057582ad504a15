package dev.tandem.sync;

import dev.tandem.service.document.ExpiredDocuments;
import dev.tandem.service.document.HistoryService;
import dev.tandem.service.idempotency.Idempotency;
import dev.tandem.service.maintenance.VectorSweep;
import dev.tandem.service.transfer.ImportSpool;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** Deletes expired rows, a few at a time. Every replica does so, and none waits for another. */
@ApplicationScoped
@Priority(30)
public class Sweeper implements Background {

    private static final Logger LOG = Logger.getLogger(Sweeper.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Idempotency idempotency;
    private final HistoryService history;
    private final ImportSpool imports;
    private final VectorSweep sets;
    private final ExpiredDocuments expired;
    private final Loop loop;
    private final Part answers = new Part("Sweeping answers to requests");
    private final Part revisions = new Part("Sweeping revisions");
    private final Part lines = new Part("Sweeping lines of imports");
    private final Part vectors = new Part("Sweeping vectors");
    private final Part documents = new Part("Sweeping expired documents");

    Sweeper(
            Idempotency idempotency,
            HistoryService history,
            ImportSpool imports,
            VectorSweep sets,
            ExpiredDocuments expired,
            SyncConfig config,
            Vertx vertx) {
        this.idempotency = idempotency;
        this.history = history;
        this.imports = imports;
        this.sets = sets;
        this.expired = expired;
        this.loop = new Loop("Sweeping rows", vertx, this::round, config.sweep(), config.sweep());
    }

    @Override
    public void start() {
        loop.poke();
    }

    @Override
    public void stop() {
        loop.stop(PATIENCE);
    }

    private Uni<Boolean> round() {
        return answers.sweep(idempotency::prune)
                .chain(() -> revisions.sweep(history::prune))
                .chain(() -> lines.sweep(imports::prune))
                .chain(() -> vectors.sweep(sets::sweep))
                .chain(() -> documents.sweep(expired::sweep))
                .replaceWith(false);
    }

    /** A part that fails is tried again in the next round, and does not stop the other parts of this one. */
    private static final class Part {

        private final FailureLog failures;

        Part(String name) {
            failures = new FailureLog(LOG, name);
        }

        Uni<Void> sweep(Supplier<Uni<Void>> prune) {
            return Uni.createFrom()
                    .deferred(prune::get)
                    .invoke(failures::worked)
                    .onFailure()
                    .recoverWithUni(failure -> {
                        failures.failed(failure);
                        return Uni.createFrom().voidItem();
                    });
        }
    }
}
