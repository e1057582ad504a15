package dev.tandem.service.maintenance;

import dev.tandem.database.session.UnitOfWork;
import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.collection.VectorSets;
import dev.tandem.domain.embedding.EmbeddingSettings;
import dev.tandem.domain.embedding.VectorSet;
import dev.tandem.domain.job.Job;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.repository.CollectionRepository;
import dev.tandem.service.RowsChanged;
import dev.tandem.service.index.IndexMoves;
import dev.tandem.service.job.JobService;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import org.jspecify.annotations.Nullable;

/** Moves collections from one embedding model to another. */
@ApplicationScoped
public class ModelMoveService {

    private final UnitOfWork unitOfWork;
    private final CollectionRepository collections;
    private final MaintenanceService maintenance;
    private final JobService jobs;
    private final ModelMoves moves;
    private final IndexMoves indexes;
    private final Event<RowsChanged> rowsChanged;

    ModelMoveService(
            UnitOfWork unitOfWork,
            CollectionRepository collections,
            MaintenanceService maintenance,
            JobService jobs,
            ModelMoves moves,
            IndexMoves indexes,
            Event<RowsChanged> rowsChanged) {
        this.unitOfWork = unitOfWork;
        this.collections = collections;
        this.maintenance = maintenance;
        this.jobs = jobs;
        this.moves = moves;
        this.indexes = indexes;
        this.rowsChanged = rowsChanged;
    }

    /**
     * Moves a collection to another embedding model. A job makes the new vectors beside the old ones, which searches use until all are
     * there. For the model that the collection has, this makes its vectors again, or takes back the move that is under way; for the former
     * model, whose vectors are still kept, it moves back at once.
     *
     * <p>Fails with {@link Refusal.Rejected} if the collection has no model, this service does not have the wanted one, or its engine cannot hold the
     * vectors of that, and with {@link
     * Refusal.Conflict} while another move is under way.
     *
     * @param model null for the one that the collection has
     * @param metric of the new vectors; null for the collection's
     */
    public Uni<Job> move(String collection, @Nullable String model, @Nullable String metric) {
        return unitOfWork.read(() -> collections.get(collection)).chain(owner -> {
            MaintenanceService.requireModel(owner);
            EmbeddingSettings wanted = moves.wanted(owner, model, metric);
            VectorSets vectors = owner.settings().vectors();
            if (owner.embedding().equals(wanted) && !vectors.isMoving()) {
                return maintenance.reembed(collection);
            }
            VectorSet next = vectors.next();
            boolean isUnderWay = next != null && next.embedding().equals(wanted);
            return (isUnderWay ? goOn(collection) : turn(owner, wanted))
                    .invoke(job -> rowsChanged.fire(new RowsChanged(job.collectionId())));
        });
    }

    private Uni<Job> turn(Collection seen, EmbeddingSettings wanted) {
        Collection moved = seen.indexed(new VectorSet(seen.searched().number(), wanted));
        return indexes.requireFitting(moved, seen.settings().index().engine())
                .chain(() -> jobs.add(() -> collections
                        .lockAgainstAdding(seen)
                        .chain(owner -> moves.turn(owner, wanted))
                        .chain(() -> collections.lock(seen))
                        .chain(maintenance::modelMove)));
    }

    /** The job of the move that is under way, or another one that brings it to its end. */
    private Uni<Job> goOn(String collection) {
        return jobs.addOnce(ModelMoveJob.KIND, () -> collections.lock(collection), maintenance::modelMove);
    }
}
