package dev.tandem.sync;

import dev.tandem.service.RowsChanged;
import dev.tandem.service.embedding.EmbeddingPolicy;
import dev.tandem.service.embedding.EmbeddingRound;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import org.jboss.logging.Logger;

/** Has documents embedded: at once when something was written here, otherwise at each look, and keeps the leases meanwhile. */
@ApplicationScoped
public class EmbeddingWorker {

    private static final Logger LOG = Logger.getLogger(EmbeddingWorker.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /** How often a lease is renewed while it lasts. */
    private static final int RENEWALS = 3;

    private final EmbeddingRound embedding;
    private final Vertx vertx;
    private final Loop loop;
    private final long renewal;
    private volatile long heartbeat;

    EmbeddingWorker(EmbeddingRound embedding, EmbeddingPolicy policy, SyncConfig config, Vertx vertx) {
        this.embedding = embedding;
        this.vertx = vertx;
        this.loop = new Loop("Embedding", vertx, embedding::run, config.fastestPoll(), config.slowestPoll());
        this.renewal = Math.max(1, policy.embeddingLease().toMillis() / RENEWALS);
    }

    public void start() {
        heartbeat = vertx.setPeriodic(renewal, ignored -> renew());
        loop.poke();
    }

    /** What is being embedded is given back, so that another replica begins it at once. */
    public void stop() {
        embedding.stop();
        // One more round gives back what is held between two of them.
        loop.poke();
        loop.stop(PATIENCE);
        vertx.cancelTimer(heartbeat);
    }

    void rowsChanged(@Observes RowsChanged event) {
        loop.poke();
    }

    /** A lease that could not be renewed is renewed the next time, or runs out. */
    private void renew() {
        embedding.renew().subscribe().with(ignored -> {}, failure -> LOG.debugf(failure, "Leases were not renewed."));
    }
}
