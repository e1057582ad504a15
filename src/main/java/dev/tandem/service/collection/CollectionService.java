package dev.tandem.service.collection;

import dev.tandem.database.session.UnitOfWork;
import dev.tandem.domain.Page;
import dev.tandem.domain.access.Grants;
import dev.tandem.domain.access.Principal;
import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.refusal.Precondition;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.factory.collection.CollectionDraft;
import dev.tandem.factory.collection.CollectionPatch;
import dev.tandem.repository.CollectionRepository;
import dev.tandem.service.RowsChanged;
import dev.tandem.service.index.IndexingService;
import dev.tandem.service.quota.Quotas;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The use cases of collections. */
@ApplicationScoped
public class CollectionService {

    private final UnitOfWork unitOfWork;
    private final CollectionRepository collections;
    private final CollectionJudge judge;
    private final IndexingService indexing;
    private final CollectionChanges changes;
    private final Quotas quotas;
    private final Event<RowsChanged> rowsChanged;

    CollectionService(
            UnitOfWork unitOfWork,
            CollectionRepository collections,
            CollectionJudge judge,
            IndexingService indexing,
            CollectionChanges changes,
            Quotas quotas,
            Event<RowsChanged> rowsChanged) {
        this.unitOfWork = unitOfWork;
        this.collections = collections;
        this.judge = judge;
        this.indexing = indexing;
        this.changes = changes;
        this.quotas = quotas;
        this.rowsChanged = rowsChanged;
    }

    /**
     * Adds a collection. Fails with {@link dev.tandem.domain.refusal.Refusal.Rejected} if its engine cannot hold its vectors, with {@link
     * dev.tandem.domain.refusal.Refusal.Conflict} if the name is taken, and with {@link dev.tandem.domain.refusal.Refusal.Full} if there are as
     * many as there may be, or as many of the creator's.
     */
    public Uni<Collection> create(Principal creator, CollectionDraft draft) {
        return judge.create(draft)
                .chain(collection -> unitOfWork.write(() -> quotas.oneMoreCollection(creator)
                        .chain(() -> collections.add(collection, creator))
                        .replaceWith(collection)))
                .invoke(collection -> rowsChanged.fire(new RowsChanged(collection.id())));
    }

    /** Fails with {@link dev.tandem.domain.refusal.Refusal.NotFound} if there is no such collection. */
    public Uni<Collection> get(String name) {
        return unitOfWork.read(() -> collections.get(name));
    }

    /** The collections that the grants allow to read, ordered by name, from the one after {@code after} on; null starts at the beginning. */
    public Uni<Page<Collection>> list(Grants grants, @Nullable String after, int limit) {
        return unitOfWork.heavy().read(() -> collections.list(grants, after, limit));
    }

    /** Replaces a collection's description. */
    public Uni<Collection> replace(String name, CollectionDraft draft, Precondition precondition) {
        return change(name, current -> draft, true, precondition);
    }

    /** Changes a collection's description by a patch. */
    public Uni<Collection> patch(String name, CollectionPatch patch, Precondition precondition) {
        return change(name, patch::apply, patch.declaresIndexes(), precondition)
                .onFailure(Refusal.Rejected.class)
                .transform(refusal -> patch.pointing((Refusal.Rejected) refusal));
    }

    /** The change is checked before the transaction, and once more inside it if the collection has changed in between, which is rare. */
    private Uni<Collection> change(
            String name, Function<Collection, CollectionDraft> change, boolean declares, Precondition precondition) {
        return unitOfWork
                .read(() -> collections.get(name))
                .invoke(seen -> precondition.check(seen.version(), false))
                .chain(seen -> judge.change(seen, change)
                        .chain(judged ->
                                unitOfWork.write(() -> collections.lock(seen).chain(current -> {
                                    precondition.check(current.version(), false);
                                    Uni<Collection> changed = current.equals(seen)
                                            ? Uni.createFrom().item(judged)
                                            : judge.change(current, change);
                                    return changed.chain(successor -> changes.replace(current, successor, declares));
                                }))))
                .invoke(collection -> rowsChanged.fire(new RowsChanged(collection.id())));
    }

    /**
     * Deletes a collection with everything in it. Fails with {@link dev.tandem.domain.refusal.Refusal.Conflict} if its documents are the
     * records of a model that this service has.
     */
    public Uni<Void> delete(String name, Precondition precondition) {
        return unitOfWork
                .write(() -> collections.lock(name).chain(current -> {
                    judge.mayGo(current);
                    precondition.check(current.version(), false);
                    return collections.remove(current).replaceWith(current);
                }))
                .chain(indexing::forget);
    }
}
