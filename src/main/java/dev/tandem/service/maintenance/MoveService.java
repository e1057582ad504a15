package dev.tandem.service.maintenance;

import dev.tandem.database.session.UnitOfWork;
import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.collection.IndexSettings;
import dev.tandem.domain.job.Job;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.factory.job.JobFactory;
import dev.tandem.repository.CollectionRepository;
import dev.tandem.service.RowsChanged;
import dev.tandem.service.index.IndexMoves;
import dev.tandem.service.job.JobService;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;

/** Moves the indexes of collections from one engine to another. */
@ApplicationScoped
public class MoveService {

    private final UnitOfWork unitOfWork;
    private final CollectionRepository collections;
    private final MaintenanceService maintenance;
    private final JobService jobs;
    private final JobFactory factory;
    private final IndexMoves moves;
    private final Event<RowsChanged> rowsChanged;

    MoveService(
            UnitOfWork unitOfWork,
            CollectionRepository collections,
            MaintenanceService maintenance,
            JobService jobs,
            JobFactory factory,
            IndexMoves moves,
            Event<RowsChanged> rowsChanged) {
        this.unitOfWork = unitOfWork;
        this.collections = collections;
        this.maintenance = maintenance;
        this.jobs = jobs;
        this.factory = factory;
        this.moves = moves;
        this.rowsChanged = rowsChanged;
    }

    /**
     * Moves the index to another engine. Searches use the former one until the new one has caught up with the rows; a job waits for that. For
     * the engine that the index is in, this rebuilds it. Fails with {@link Refusal.Rejected} if this service does not have the engine or the engine
     * cannot hold the collection's vectors, and with {@link Refusal.Conflict} while a move to another one is under way.
     */
    public Uni<Job> move(String collection, String engine) {
        return unitOfWork.read(() -> collections.get(collection)).chain(owner -> {
            IndexSettings index = owner.settings().index();
            boolean isTarget = index.engine().equals(engine);
            if (isTarget && !index.isMoving()) {
                return maintenance.rebuild(collection);
            }
            return (isTarget ? goOn(collection, engine) : begin(owner, engine))
                    .invoke(job -> rowsChanged.fire(new RowsChanged(job.collectionId())));
        });
    }

    private Uni<Job> begin(Collection collection, String engine) {
        return moves.requireFitting(collection, engine)
                .chain(() -> jobs.add(() -> collections
                        .lock(collection)
                        .invoke(owner -> moves.require(owner, engine))
                        .chain(owner -> moves.begin(owner, engine).map(sequence -> job(owner, engine, sequence)))));
    }

    /** The job of the move that is under way, or another one that waits for its end. */
    private Uni<Job> goOn(String collection, String engine) {
        return jobs.addOnce(MoveJob.KIND, () -> collections.lock(collection), owner -> moves.look(owner)
                .map(sequence -> job(owner, engine, sequence)));
    }

    private Job job(Collection owner, String engine, long sequence) {
        return factory.create(MoveJob.KIND, owner, MoveJob.parameters(engine, sequence), null);
    }
}
