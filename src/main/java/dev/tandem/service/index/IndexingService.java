package dev.tandem.service.index;

import dev.tandem.database.session.UnitOfWork;
import dev.tandem.domain.change.Change;
import dev.tandem.domain.change.ChangeKind;
import dev.tandem.domain.change.LogSlice;
import dev.tandem.domain.change.Position;
import dev.tandem.domain.collection.Collection;
import dev.tandem.index.Index;
import dev.tandem.index.IndexEntry;
import dev.tandem.index.IndexStatus;
import dev.tandem.index.Indexes;
import dev.tandem.repository.ChangeRepository;
import dev.tandem.repository.CollectionRepository;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Makes indexes follow the rows. An index has a {@link Position} in the change log. To follow means to read on from there and to index the
 * changed documents in their present state. Whatever a crash loses is read again.
 */
@ApplicationScoped
public class IndexingService {

    private static final Logger LOG = Logger.getLogger(IndexingService.class);
    private static final int BATCH = 500;

    private final UnitOfWork unitOfWork;
    private final CollectionRepository collections;
    private final IndexRows rows;
    private final ChangeRepository changes;
    private final Indexes indexes;
    private final IndexBuilding building;
    private final IndexProgress progress;
    private final Visibility visibility = new Visibility();

    IndexingService(
            UnitOfWork unitOfWork,
            CollectionRepository collections,
            IndexRows rows,
            ChangeRepository changes,
            Indexes indexes,
            IndexBuilding building,
            IndexProgress progress) {
        this.unitOfWork = unitOfWork;
        this.collections = collections;
        this.rows = rows;
        this.changes = changes;
        this.indexes = indexes;
        this.building = building;
        this.progress = progress;
    }

    /** Returns all collections, and deletes the indexes of collections that no longer exist. */
    public Uni<Set<UUID>> sweep() {
        // Read the indexes first: an index that appears later may belong to a collection that the rows did not show
        // yet.
        return indexes.stored()
                .chain(stored ->
                        unitOfWork.read(collections::ids).call(existing -> indexes.dropAll(without(stored, existing))));
    }

    private static Set<UUID> without(Set<UUID> ids, Set<UUID> others) {
        Set<UUID> rest = new HashSet<>(ids);
        rest.removeAll(others);
        return rest;
    }

    /** Brings a collection's index up to the settled end of the log, and builds it first if there is none. */
    public Uni<Void> catchUp(UUID collectionId) {
        return unitOfWork.read(() -> collections.find(collectionId)).chain(collection -> {
            if (collection == null) {
                return indexes.drop(collectionId);
            }
            Index index = indexes.of(collection);
            return index.position()
                    .chain(position -> position.isPresent()
                            ? follow(collection, index, position.get())
                            : build(collection, Optional.empty()));
        });
    }

    /** Deletes a collection's index. If that fails now, the next sweep deletes it. */
    public Uni<Void> forget(Collection collection) {
        return indexes.drop(collection.id()).onFailure().recoverWithUni(failure -> {
            LOG.debugf(
                    failure,
                    "The index of collection %s could not be deleted now; the next sweep deletes it.",
                    collection.name());
            return Uni.createFrom().voidItem();
        });
    }

    /** The position and the health of a collection's index on this replica. */
    public Uni<IndexState> state(String collection) {
        return unitOfWork
                .read(() -> collections.get(collection))
                .chain(owner -> indexes.of(owner).status().chain(status -> state(owner, status)));
    }

    /** Waits until searches on this replica show what the transaction wrote, or until the time has passed. Returns whether they show it. */
    public Uni<Boolean> awaitVisible(UUID collectionId, long sequence, Duration atMost) {
        return visibility.await(collectionId, sequence, atMost);
    }

    /**
     * The collections whose index needs attention although the log has nothing new for them. Either a caller waits for the index, perhaps
     * for the sequence of another collection's change, or its disk has failed and may work again.
     */
    public Set<UUID> awaited() {
        Set<UUID> awaited = new HashSet<>(visibility.awaited());
        awaited.addAll(indexes.waiting());
        return awaited;
    }

    private Uni<IndexState> state(Collection owner, IndexStatus status) {
        Position shown = status.shown().orElse(Position.START);
        return unitOfWork
                .read(() -> changes.lag(owner.id(), shown))
                .map(lag ->
                        new IndexState(indexes.engine().name(), status.health().label(), shown.sequence(), lag));
    }

    /** What follows after a batch. */
    private enum Next {
        BATCH,
        NOTHING,
        /** The index has another position: a build has replaced it, or a failing disk has reset it to its last commit. */
        AFRESH,
        BUILD
    }

    /** The progress of following the log. */
    private static final class Place {
        private Position position;

        Place(Position from) {
            position = from;
        }
    }

    /**
     * This is a loop and not a chain in which each step adds the next one. A chain would keep everything that it has read until the last
     * step ends.
     */
    private Uni<Void> follow(Collection collection, Index index, Position from) {
        Place place = new Place(from);
        return Multi.createBy()
                .repeating()
                .uni(() -> place, reached -> followBatch(collection, index, reached))
                .whilst(next -> next == Next.BATCH)
                .collect()
                .last()
                .chain(next -> switch (next) {
                    case BUILD -> build(collection, Optional.of(place.position));
                    case AFRESH -> catchUp(collection.id());
                    case BATCH, NOTHING -> Uni.createFrom().voidItem();
                });
    }

    private Uni<Next> followBatch(Collection collection, Index index, Place place) {
        return unitOfWork.read(() -> next(collection, place.position, BATCH)).chain(batch -> {
            if (batch == null) {
                return Uni.createFrom().item(Next.BUILD);
            }
            return apply(index, place.position, batch).map(isApplied -> {
                if (!isApplied) {
                    return Next.AFRESH;
                }
                visibility.reached(collection.id(), batch.reached);
                place.position = batch.reached;
                return batch.isLast ? Next.NOTHING : Next.BATCH;
            });
        });
    }

    private static Uni<Boolean> apply(Index index, Position before, Batch batch) {
        return batch.reached.equals(before)
                ? Uni.createFrom().item(true)
                : index.apply(batch.entries, batch.gone, before, batch.reached);
    }

    /** The next batch; null if the index must be rebuilt, because the log says so or doesn't continue from the position. */
    private Uni<@Nullable Batch> next(Collection collection, Position position, int limit) {
        return changes.after(collection.id(), position, limit).chain(slice -> {
            if (!slice.isConnected()) {
                // The numbers of this log have another meaning: those that are known to be visible belong to another
                // log.
                visibility.forget(collection.id());
            }
            boolean isBuilding = !slice.isConnected()
                    || slice.changes().stream().anyMatch(change -> change.kind() == ChangeKind.REBUILD);
            return isBuilding
                    ? Uni.createFrom().nullItem()
                    : rows.fitting(slice.changes().stream()
                                    .map(Change::documentId)
                                    .toList())
                            .chain(fitting -> fitting < slice.changes().size()
                                    ? next(collection, position, fitting)
                                    : batch(slice));
        });
    }

    /** The rows are read after the log, so they are never older than the position claims. */
    private Uni<Batch> batch(LogSlice slice) {
        Set<UUID> ids = new LinkedHashSet<>();
        slice.changes().forEach(change -> ids.add(change.documentId()));
        return rows.entries(ids).map(entries -> {
            Set<UUID> gone = new HashSet<>(ids);
            entries.forEach(entry -> gone.remove(entry.document().id()));
            return new Batch(entries, gone, slice.reached(), slice.isAll());
        });
    }

    private record Batch(List<IndexEntry> entries, Set<UUID> gone, Position reached, boolean isLast) {}

    /** Changes during the build are followed afterwards. */
    private Uni<Void> build(Collection collection, Optional<Position> seen) {
        return progress.building(collection.id(), building.build(collection, seen))
                .chain(() -> catchUp(collection.id()));
    }
}
