package dev.tandem.sync;

import dev.tandem.service.RowsChanged;
import dev.tandem.service.embedding.EmbeddingPolicy;
import dev.tandem.service.embedding.EmbeddingRound;
import dev.tandem.work.Heartbeat;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;

/** Runs embedding rounds: at once after a write on this replica or after a model has ended its turn, otherwise at intervals. Renews the leases meanwhile. */
@ApplicationScoped
@Priority(50)
public class EmbeddingWorker implements Background {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final EmbeddingRound embedding;
    private final Loop loop;
    private final Heartbeat heartbeat;

    EmbeddingWorker(EmbeddingRound embedding, EmbeddingPolicy policy, SyncConfig config, Vertx vertx) {
        this.embedding = embedding;
        this.loop = new Loop("Embedding", vertx, this::round, config.fastestPoll(), config.slowestPoll());
        embedding.whenFree(loop::poke);
        this.heartbeat = new Heartbeat(vertx, policy.embeddingLease(), "embedding tasks", embedding::renew);
    }

    @Override
    public void start() {
        heartbeat.start();
        loop.poke();
    }

    /** Releases what is being embedded, so that another replica can start it at once. */
    @Override
    public void stop() {
        embedding.stop();
        // One more round releases what is held between two rounds.
        loop.poke();
        loop.stop(PATIENCE);
        heartbeat.stop();
    }

    /**
     * Having found something is no reason to look again soon: whoever adds work on this replica pokes, and so does each model that has
     * ended its turn. The intervals are for what other replicas leave behind, and for what is tried again.
     */
    private Uni<Boolean> round() {
        return embedding.run().replaceWith(false);
    }

    void rowsChanged(@Observes RowsChanged event) {
        if (event.mayNeedVectors()) {
            loop.poke();
        }
    }
}
