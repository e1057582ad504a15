package dev.tandem.service.document;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import dev.tandem.database.session.UnitOfWork;
import dev.tandem.repository.CollectionRepository;
import dev.tandem.repository.ExpiryRepository;
import dev.tandem.repository.ExpiryRepository.Expired;
import dev.tandem.service.Portions;
import dev.tandem.service.RowsChanged;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Deletes the documents whose time is over, with everything that a deletion does. Reads already leave them out, so nobody waits for this. Each is
 * locked first, and its time looked at again under the lock: a write that gives it more time keeps it.
 */
@Singleton
public class ExpiredDocuments {

    private static final int AT_ONCE = 500;

    /** In bytes: what is copied into revisions in one transaction. */
    private static final long LARGEST_PORTION = 8 << 20;

    private final UnitOfWork unitOfWork;
    private final CollectionRepository collections;
    private final ExpiryRepository expiries;
    private final DocumentWriter writer;
    private final Event<RowsChanged> rowsChanged;

    ExpiredDocuments(
            UnitOfWork unitOfWork,
            CollectionRepository collections,
            ExpiryRepository expiries,
            DocumentWriter writer,
            Event<RowsChanged> rowsChanged) {
        this.unitOfWork = unitOfWork;
        this.collections = collections;
        this.expiries = expiries;
        this.writer = writer;
        this.rowsChanged = rowsChanged;
    }

    /** Works in portions. Other replicas may do the same at the same time: none takes a document that another one has. */
    public Uni<Void> sweep() {
        return Portions.each(() -> unitOfWork
                .heavy()
                .write(() -> expiries.lockNext(AT_ONCE, LARGEST_PORTION).chain(this::delete))
                .invoke(changed -> changed.forEach(collection -> rowsChanged.fire(new RowsChanged(collection, false))))
                .map(changed -> !changed.isEmpty()));
    }

    /** Deletes documents whose rows are locked; returns the ids of their collections. */
    private Uni<List<UUID>> delete(List<Expired> locked) {
        Map<UUID, List<UUID>> byCollection =
                locked.stream().collect(groupingBy(Expired::collectionId, mapping(Expired::id, toList())));
        return Multi.createFrom()
                .iterable(byCollection.entrySet())
                .onItem()
                .transformToUniAndConcatenate(portion -> delete(portion.getKey(), portion.getValue()))
                .collect()
                .asList();
    }

    private Uni<UUID> delete(UUID collectionId, List<UUID> ids) {
        return collections
                .find(collectionId)
                // Whoever deletes the collection deletes its documents.
                .chain(owner -> owner == null ? Uni.createFrom().nullItem() : writer.expire(owner, ids))
                .replaceWith(collectionId);
    }

    /**
     * Deletes the expired document that still has a key, in a transaction of its own; answers whether there was one. Fails with
     * {@link dev.tandem.domain.refusal.Refusal.NotFound} if there is no such collection.
     */
    Uni<Boolean> delete(String collection, String key) {
        Uni<Boolean> deletion =
                unitOfWork.write(() -> collections.get(collection).chain(owner -> expiries.lock(owner.id(), key)
                        .chain(id -> id == null
                                ? Uni.createFrom().item(false)
                                : writer.expire(owner, List.of(id)).replaceWith(true))));
        // Not in the subscription of a request: its answer is not the result of this block.
        return Uni.createFrom().emitter(emitter -> deletion.subscribe().with(emitter::complete, emitter::fail));
    }
}
