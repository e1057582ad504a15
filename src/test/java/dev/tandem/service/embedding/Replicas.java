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
import io.quarkus.arc.Unremovable;
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
    Event<RowsChanged> rowsChanged;

    /** Another replica. It does nothing unless its rounds are run. */
    public EmbeddingRound next(EmbeddingPolicy policy) {
        HeldWork held = new HeldWork();
        Models models = new Models(policy);
        ModelCalls calls = new ModelCalls(embedder, models, policy);
        EmbeddingTasks all = new EmbeddingTasks(unitOfWork, collections, documents, tasks, claims, held, policy);
        EmbeddingResults results =
                new EmbeddingResults(unitOfWork, documents, chunks, tasks, progress, changes, rowsChanged);
        FailedAttempts failures = new FailedAttempts(all, models, policy);
        return new EmbeddingRound(
                all,
                new SmallDocuments(all, results, failures, calls, models, held, policy),
                new LargeDocuments(all, results, failures, calls, models, held, policy),
                calls);
    }
}
