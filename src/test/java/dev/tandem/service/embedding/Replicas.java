package dev.tandem.service.embedding;

import dev.tandem.database.session.UnitOfWork;
import dev.tandem.embedding.DocumentEmbedder;
import dev.tandem.repository.ChangeRepository;
import dev.tandem.repository.ChunkRepository;
import dev.tandem.repository.CollectionRepository;
import dev.tandem.repository.DocumentRepository;
import dev.tandem.repository.EmbeddingClaimRepository;
import dev.tandem.repository.EmbeddingProgressRepository;
import dev.tandem.repository.EmbeddingTaskRepository;
import dev.tandem.service.RowsChanged;
import dev.tandem.work.Spans;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.arc.Unremovable;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Replicas, as far as embedding is concerned: each holds its own tasks, and all use one database and the same models. */
@Singleton
@Unremovable
public class Replicas {

    @Inject
    UnitOfWork unitOfWork;

    @Inject
    CollectionRepository collections;

    @Inject
    DocumentRepository documents;

    @Inject
    ChunkRepository chunks;

    @Inject
    ChangeRepository changes;

    @Inject
    EmbeddingTaskRepository tasks;

    @Inject
    EmbeddingClaimRepository claims;

    @Inject
    EmbeddingProgressRepository progress;

    @Inject
    DocumentEmbedder embedder;

    @Inject
    Spans spans;

    @Inject
    Event<RowsChanged> rowsChanged;

    /** A replica whose rounds are run one by one. */
    public static final class Replica {

        private final EmbeddingRound round;
        private volatile boolean stopped;

        private Replica(EmbeddingRound round) {
            this.round = round;
        }

        /** For a worker that runs the rounds. */
        public EmbeddingRound round() {
            return round;
        }

        /** A round to the end of all its turns, and one more if it is stopped meanwhile. Returns whether there was anything to do. */
        public Uni<Boolean> run() {
            return round.run()
                    .call(round::idle)
                    .call(() -> stopped ? round.run() : Uni.createFrom().voidItem());
        }

        public void stop() {
            stopped = true;
            round.stop();
        }
    }

    /** Another replica. It does nothing unless its rounds are run. */
    public Replica next(EmbeddingPolicy policy) {
        HeldWork held = new HeldWork();
        Models models = new Models(policy);
        ModelCalls calls = new ModelCalls(embedder, models, policy, new SimpleMeterRegistry(), spans);
        EmbeddingTasks all = new EmbeddingTasks(unitOfWork, collections, documents, tasks, claims, held, policy);
        EmbeddingResults results =
                new EmbeddingResults(unitOfWork, documents, chunks, tasks, progress, changes, rowsChanged);
        FailedAttempts failures = new FailedAttempts(all, models, policy);
        return new Replica(new EmbeddingRound(
                all,
                new SmallDocuments(all, results, failures, calls, models, held, policy),
                new LargeDocuments(all, results, failures, calls, models, held, policy),
                calls,
                models,
                new Lanes()));
    }
}
