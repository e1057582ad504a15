package dev.tandem.service.index;

import static java.util.stream.Collectors.toSet;

import dev.tandem.database.session.UnitOfWork;
import dev.tandem.domain.change.Position;
import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.embedding.VectorSet;
import dev.tandem.index.Index;
import dev.tandem.index.IndexStatus;
import dev.tandem.index.Indexes;
import dev.tandem.index.parts.Engines;
import dev.tandem.repository.ChangeRepository;
import dev.tandem.repository.CollectionRepository;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Makes indexes follow the rows. An index has a {@link Position} in the change log. To follow means to read on from there and to index the
 * changed documents in their present state. Whatever a crash loses is read again.
 */
@ApplicationScoped
public class IndexingService {

    private static final Logger LOG = Logger.getLogger(IndexingService.class);

    private final UnitOfWork unitOfWork;
    private final CollectionRepository collections;
    private final LogFollower follower;
    private final ChangeRepository changes;
    private final Engines engines;
    private final IndexBuilding building;
    private final Visibility visibility;

    /** The parts that this process has followed. */
    private final Map<Stored, IndexPart> known = new ConcurrentHashMap<>();

    IndexingService(
            UnitOfWork unitOfWork,
            CollectionRepository collections,
            LogFollower follower,
            Visibility visibility,
            ChangeRepository changes,
            Engines engines,
            IndexBuilding building) {
        this.unitOfWork = unitOfWork;
        this.collections = collections;
        this.follower = follower;
        this.visibility = visibility;
        this.changes = changes;
        this.engines = engines;
        this.building = building;
    }

    /** The parts that the indexes of these collections may have. */
    public Set<IndexPart> parts(Set<UUID> collectionIds) {
        return engines.names().stream()
                .flatMap(engine -> collectionIds.stream()
                        .flatMap(id -> Stream.of(new IndexPart(id, engine, false), new IndexPart(id, engine, true))))
                .collect(toSet());
    }

    /**
     * Brings a part of a collection's index up to the settled end of the log, and builds it first if there is none. If another replica holds
     * the part, this only looks how far it has come.
     */
    public Uni<Void> catchUp(IndexPart part) {
        Indexes indexes = engines.get(part.engine());
        return unitOfWork.read(() -> collections.find(part.collectionId())).chain(collection -> {
            if (collection == null) {
                known.values().remove(part);
                return indexes.drop(part.collectionId());
            }
            Optional<VectorSet> set = collection.sets().stream()
                    .filter(one -> one.isOdd() == part.isOdd())
                    .findFirst();
            if (set.isEmpty() || !engines.hasPart(collection.settings().index(), part.engine())) {
                known.values().remove(part);
                visibility.unused(part);
                return Uni.createFrom().voidItem();
            }
            visibility.spare(
                    part, set.get().equals(collection.settings().vectors().next()));
            Collection indexed = collection.indexed(set.get());
            known.put(new Stored(part.engine(), indexed.id()), part);
            return catchUp(new Followed(indexed, set.get(), part, indexes.of(indexed)));
        });
    }

    /**
     * A part that is being followed.
     *
     * @param collection as the index sees it; its real id is the part's
     */
    record Followed(Collection collection, VectorSet set, IndexPart part, Index index) {}

    /** What an engine calls a part. */
    private record Stored(String engine, UUID indexId) {}

    private Uni<Void> catchUp(Followed followed) {
        Index index = followed.index;
        return index.claim()
                .chain(isClaimed -> isClaimed ? advance(followed).eventually(index::release) : look(followed));
    }

    private Uni<Void> advance(Followed followed) {
        return followed.index
                .position()
                .chain(position ->
                        position.isPresent() ? follow(followed, position.get()) : build(followed, Optional.empty()));
    }

    private Uni<Void> look(Followed followed) {
        return followed.index
                .position()
                .invoke(position -> position.ifPresent(reached -> visibility.reached(followed.part, reached)))
                .replaceWithVoid();
    }

    /** Deletes a collection's index. What cannot be deleted now is deleted by the next sweep. */
    public Uni<Void> forget(Collection collection) {
        Set<UUID> ids = collection.sets().stream()
                .map(set -> VectorSet.indexId(collection.id(), set.number()))
                .collect(toSet());
        return Multi.createFrom()
                .iterable(engines.of(collection))
                .onItem()
                .transformToUniAndConcatenate(indexes -> indexes.dropAll(ids))
                .collect()
                .last()
                .onFailure()
                .recoverWithUni(failure -> {
                    LOG.debugf(
                            failure,
                            "The index of collection %s could not be deleted now; the next sweep deletes it.",
                            collection.name());
                    return Uni.createFrom().voidItem();
                });
    }

    /** The position and the health of a collection's index on this replica. */
    public Uni<IndexState> state(String collection) {
        return unitOfWork.read(() -> collections.get(collection)).chain(owner -> Multi.createFrom()
                .iterable(engines.present(owner.settings().index()))
                .onItem()
                .transformToUniAndConcatenate(indexes -> indexes.of(owner.indexed(owner.searched()))
                        .status()
                        .chain(status -> state(owner, indexes, status)))
                .collect()
                .asList()
                .map(states -> states.stream().reduce(IndexState::with).orElseThrow()));
    }

    /** Whether this replica has seen the index of a set show what the transaction wrote, in all parts that searches need. */
    public boolean shows(Collection collection, VectorSet set, long sequence) {
        return engines.present(collection.settings().index()).stream()
                .map(indexes -> IndexPart.of(collection, set, indexes.engine().name()))
                .allMatch(part -> visibility.shows(part, sequence));
    }

    /** Waits until searches on this replica show what the transaction wrote, or until the time has passed. Returns whether they show it. */
    public Uni<Boolean> awaitVisible(UUID collectionId, long sequence, Duration atMost) {
        List<Uni<Boolean>> parts = parts(Set.of(collectionId)).stream()
                .map(part -> visibility.await(part, sequence, atMost))
                .toList();
        return Uni.combine().all().unis(parts).with(shown -> shown.stream().allMatch(Boolean.TRUE::equals));
    }

    /**
     * The parts that need attention although the log has nothing new for them. Either a caller waits for them, perhaps for the sequence of
     * another collection's change, or their disk or engine has failed and may work again.
     */
    public Set<IndexPart> awaited() {
        Set<IndexPart> awaited = new HashSet<>(visibility.awaited());
        for (Indexes indexes : engines.all()) {
            for (UUID id : indexes.waiting()) {
                IndexPart part = known.get(new Stored(indexes.engine().name(), id));
                // A part that has not been followed yet will be, and then finds out by itself.
                if (part != null) {
                    awaited.add(part);
                }
            }
        }
        return awaited;
    }

    /** How many changes a part of a collection's index does not show yet. */
    public Uni<Long> lag(IndexPart part) {
        return unitOfWork.read(() -> changes.lag(part.collectionId(), visibility.position(part)));
    }

    private Uni<IndexState> state(Collection owner, Indexes indexes, IndexStatus status) {
        Position shown = status.shown().orElse(Position.START);
        return unitOfWork
                .read(() -> changes.lag(owner.id(), shown))
                .map(lag -> new IndexState(indexes.engine().name(), status.health(), shown.sequence(), lag));
    }

    private Uni<Void> follow(Followed followed, Position from) {
        return follower.follow(followed, from).chain(end -> switch (end.state()) {
            case BUILD -> build(followed, Optional.of(end.position()));
            case AFRESH -> catchUp(followed.part);
            case REACHED -> Uni.createFrom().voidItem();
        });
    }

    /** Changes during the build are followed afterwards. */
    private Uni<Void> build(Followed followed, Optional<Position> seen) {
        return building.build(followed, seen).chain(() -> catchUp(followed.part));
    }
}
