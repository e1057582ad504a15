package dev.tandem.sync;

import dev.tandem.service.RowsChanged;
import dev.tandem.service.embedding.EmbeddingPolicy;
import dev.tandem.service.embedding.EmbeddingRound;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import org.jboss.logging.Logger;

/** Runs embedding rounds: at once after a write on this replica, otherwise at intervals. Renews the leases meanwhile. */
@ApplicationScoped
public class EmbeddingWorker {

    private static final Logger LOG = Logger.getLogger(EmbeddingWorker.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /** How often a lease is renewed before it would expire. */
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

    /** Releases what is being embedded, so that another replica can start it at once. */
    public void stop() {
        embedding.stop();
        // One more round releases what is held between two rounds.
        loop.poke();
        loop.stop(PATIENCE);
        vertx.cancelTimer(heartbeat);
    }

    void rowsChanged(@Observes RowsChanged event) {
        loop.poke();
    }

    /** If a lease could not be renewed, the next renewal may still succeed; otherwise the lease expires. */
    private void renew() {
        embedding.renew().subscribe().with(ignored -> {}, failure -> LOG.debugf(failure, "Leases were not renewed."));
    }
}
