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
 * Makes indexes follow the rows. An index stands at a {@link Position} of the change log; following is reading on from there and indexing
 * what has changed as it is now. Whatever is lost in a crash is read again.
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

    /** All collections; the indexes of others, which are gone, are deleted. */
    public Uni<Set<UUID>> sweep() {
        // The indexes first: one that appears later may be of a collection that the rows did not show yet.
        return indexes.stored()
                .chain(stored ->
                        unitOfWork.read(collections::ids).call(existing -> indexes.dropAll(without(stored, existing))));
    }

    private static Set<UUID> without(Set<UUID> ids, Set<UUID> others) {
        Set<UUID> rest = new HashSet<>(ids);
        rest.removeAll(others);
        return rest;
    }

    /** Brings a collection's index up to the settled end of the log, building it first where there is none. */
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

    /** Deletes a collection's index; at the next sweep if not now. */
    public Uni<Void> forget(Collection collection) {
        return indexes.drop(collection.id()).onFailure().recoverWithUni(failure -> {
            LOG.debugf(failure, "The index of collection %s is left to the sweep.", collection.name());
            return Uni.createFrom().voidItem();
        });
    }

    /** How far the index of a collection has come here, and how it fares. */
    public Uni<IndexState> state(String collection) {
        return unitOfWork
                .read(() -> collections.get(collection))
                .chain(owner -> indexes.of(owner).status().chain(status -> state(owner, status)));
    }

    /** Whether searches here show what the transaction did, within the time; waits until they do or it has passed. */
    public Uni<Boolean> awaitVisible(UUID collectionId, long sequence, Duration atMost) {
        return visibility.await(collectionId, sequence, atMost);
    }

    /**
     * The collections whose index has to be looked after though nothing in the log leads to it: somebody waits for it, perhaps for the
     * sequence of another collection's change, or its disk has failed and may be well by now.
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

    /** How following goes on after a batch. */
    private enum Next {
        BATCH,
        NOTHING,
        /** The index stands elsewhere: somebody else has moved it, or its disk has taken it back to its last commit. */
        AFRESH,
        BUILD
    }

    /** How far following has come. */
    private static final class Place {
        private Position position;

        Place(Position from) {
            position = from;
        }
    }

    /** In a loop, not by each step chaining the next: that would keep everything it has read until the last one ends. */
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

    /** What comes next; null where the index has to be built anew, because the log says so or doesn't go on from the position. */
    private Uni<@Nullable Batch> next(Collection collection, Position position, int limit) {
        return changes.after(collection.id(), position, limit).chain(slice -> {
            if (!slice.isConnected()) {
                // The numbers of this log mean something else: what is visible by them was so in another one.
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

    /** The rows are read after the log: what they say is never older than what the position claims. */
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

    /** What has changed during it is followed afterwards. */
    private Uni<Void> build(Collection collection, Optional<Position> seen) {
        return progress.building(collection.id(), building.build(collection, seen))
                .chain(() -> catchUp(collection.id()));
    }
}
