package dev.tandem.service.maintenance;

import dev.tandem.database.session.UnitOfWork;
import dev.tandem.domain.Page;
import dev.tandem.domain.access.Grants;
import dev.tandem.domain.embedding.ParkedTask;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.repository.CollectionRepository;
import dev.tandem.repository.ParkedTaskRepository;
import dev.tandem.service.RowsChanged;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The use cases of parked documents. */
@ApplicationScoped
public class ParkedService {

    private final UnitOfWork unitOfWork;
    private final CollectionRepository collections;
    private final ParkedTaskRepository parked;
    private final Event<RowsChanged> rowsChanged;

    ParkedService(
            UnitOfWork unitOfWork,
            CollectionRepository collections,
            ParkedTaskRepository parked,
            Event<RowsChanged> rowsChanged) {
        this.unitOfWork = unitOfWork;
        this.collections = collections;
        this.parked = parked;
        this.rowsChanged = rowsChanged;
    }

    /** The parked documents of all collections that the grants allow to read, newest first. */
    public Uni<List<ParkedTask>> list(Grants grants, int limit) {
        return unitOfWork.heavy().read(() -> parked.list(grants, limit));
    }

    /** The parked documents of a collection, newest first, after a place; null starts at the beginning. */
    public Uni<Page<ParkedTask>> list(String collection, ParkedTask.@Nullable Place after, int limit) {
        return unitOfWork
                .heavy()
                .read(() -> collections.get(collection).chain(owner -> parked.list(owner.id(), after, limit)));
    }

    /** Tries those again that the grants allow to change; returns how many there were. */
    public Uni<Integer> retryAll(Grants grants) {
        return unitOfWork.write(() -> parked.retryAll(grants));
    }

    /** Tries one again. Fails with {@link Refusal.NotFound} if it isn't parked. */
    public Uni<Void> retry(String collection, String key) {
        return decide(collection, key, owner -> parked.retry(owner, key));
    }

    /** Stops embedding one until its text changes. Fails with {@link Refusal.NotFound} if it isn't parked. */
    public Uni<Void> drop(String collection, String key) {
        return decide(collection, key, owner -> parked.drop(owner, key));
    }

    private Uni<Void> decide(String collection, String key, Function<UUID, Uni<Boolean>> decision) {
        return unitOfWork
                .write(() -> collections.get(collection).chain(owner -> decision.apply(owner.id())
                        .invoke(wasParked -> {
                            if (!wasParked) {
                                throw Refusal.NotFound.of(ParkedTask.NOUN, key);
                            }
                        })
                        .replaceWith(owner.id())))
                .invoke(owner -> rowsChanged.fire(new RowsChanged(owner)))
                .replaceWithVoid();
    }
}
