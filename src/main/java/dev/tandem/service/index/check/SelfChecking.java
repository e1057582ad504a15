package dev.tandem.service.index.check;

import static java.util.stream.Collectors.toSet;

import dev.tandem.database.session.UnitOfWork;
import dev.tandem.domain.change.Difference;
import dev.tandem.domain.change.Difference.Kind;
import dev.tandem.domain.collection.Collection;
import dev.tandem.index.Index;
import dev.tandem.index.IndexEntry;
import dev.tandem.index.Stamp;
import dev.tandem.index.parts.Engines;
import dev.tandem.repository.CollectionRepository;
import dev.tandem.service.index.IndexRows;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Walks through all collections, piece by piece, and compares this replica's indexes with the rows. Differences are counted, and the
 * documents are read again from the rows into this index only. Only one walk runs at a time.
 */
@Singleton
public class SelfChecking {

    private static final Logger LOG = Logger.getLogger(SelfChecking.class);
    private static final String DIFFERENCES = "tandem.index.differences";
    private static final UUID BEGINNING = new UUID(0, 0);
    private static final int TRIES = 3;
    /** These are documents with their texts and vectors, which may be large. */
    private static final int MENDED_AT_ONCE = 20;

    private final UnitOfWork unitOfWork;
    private final CollectionRepository collections;
    private final IndexRows rows;
    private final IndexCheck check;
    private final Engines engines;
    private final IndexCheckConfig config;
    private final MeterRegistry metrics;

    private volatile Place place = Place.START;

    SelfChecking(
            UnitOfWork unitOfWork,
            CollectionRepository collections,
            IndexRows rows,
            IndexCheck check,
            Engines engines,
            IndexCheckConfig config,
            MeterRegistry metrics) {
        this.unitOfWork = unitOfWork;
        this.collections = collections;
        this.rows = rows;
        this.check = check;
        this.engines = engines;
        this.config = config;
        this.metrics = metrics;
        for (Kind kind : Kind.values()) {
            count(kind, 0);
        }
    }

    /**
     * The position of a walk.
     *
     * @param collection the collection that is being compared
     * @param after the last document that was compared
     * @param found the differences in this collection so far
     */
    private record Place(UUID collection, UUID after, Map<Kind, Integer> found, int mended) {

        static final Place START = before(BEGINNING);

        /** The place before a collection's first document. */
        static Place before(UUID collection) {
            return new Place(collection, BEGINNING, Map.of(), 0);
        }
    }

    /** Compares the next piece; after the last one, the first. It skips an index that is being built or whose disk fails. */
    public Uni<Void> next() {
        return unitOfWork
                .read(() -> here().chain(id -> id.isEmpty()
                        ? Uni.createFrom().item(Optional.<Collection>empty())
                        : collections.find(id.get()).map(Optional::ofNullable)))
                .chain(owner -> owner.isEmpty() ? restart() : piece(owner.get()))
                .replaceWithVoid();
    }

    /** The collection to compare: the present one if it still exists, or else the next one. */
    private Uni<Optional<UUID>> here() {
        UUID from = place.collection;
        return collections.ids().map(ids -> ids.stream()
                .filter(id -> Stamp.ORDER.compare(id, from) >= 0)
                .min(Stamp.ORDER));
    }

    private Uni<Void> restart() {
        place = Place.START;
        return Uni.createFrom().voidItem();
    }

    private Uni<Void> piece(Collection owner) {
        Place at = place.collection.equals(owner.id()) ? place : Place.before(owner.id());
        return check.isReady(owner).chain(ready -> ready ? compare(owner, at) : pass(owner));
    }

    private Uni<Void> pass(Collection owner) {
        place = Place.before(following(owner.id()));
        return Uni.createFrom().voidItem();
    }

    private Uni<Void> compare(Collection owner, Place at) {
        return check.piece(owner, at.after, config.documents())
                .chain(piece -> mend(owner, piece.differences()).invoke(mended -> {
                    Map<Kind, Integer> found = new EnumMap<>(Kind.class);
                    found.putAll(at.found);
                    piece.differences().forEach(difference -> {
                        found.merge(difference.kind(), 1, Integer::sum);
                        count(difference.kind(), 1);
                    });
                    UUID end = piece.end();
                    if (end == null) {
                        report(owner, found, at.mended + mended);
                        place = Place.before(following(owner.id()));
                    } else {
                        place = new Place(owner.id(), end, found, at.mended + mended);
                    }
                }))
                .replaceWithVoid();
    }

    private static void report(Collection owner, Map<Kind, Integer> found, int mended) {
        if (!found.isEmpty()) {
            LOG.warnf(
                    "Rows and index of collection %s differed here: %s. %d documents of the index were repaired.",
                    owner.name(), found, mended);
        }
    }

    private void count(Kind kind, int more) {
        metrics.counter(DIFFERENCES, "kind", kind.label()).increment(more);
    }

    /** Indexes documents again from their rows, and returns how many that has repaired. */
    private Uni<Integer> mend(Collection owner, List<Difference> differences) {
        Set<UUID> ids = differences.stream()
                .filter(difference -> difference.kind().isOfIndex())
                .map(Difference::id)
                .collect(toSet());
        return mendSome(owner, ids)
                .chain(() -> check.standing(owner, ids))
                .map(left -> ids.size()
                        - (int) left.stream()
                                .filter(difference -> difference.kind().isOfIndex())
                                .count());
    }

    private Uni<Void> mendSome(Collection owner, Set<UUID> ids) {
        if (ids.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        Set<UUID> some = ids.stream().limit(MENDED_AT_ONCE).collect(toSet());
        Set<UUID> others = new HashSet<>(ids);
        others.removeAll(some);
        return Multi.createFrom()
                .iterable(engines.of(owner))
                .onItem()
                .transformToUniAndConcatenate(
                        indexes -> mend(owner, indexes.of(owner.indexed(owner.searched())), some, TRIES))
                .collect()
                .last()
                .chain(() -> mendSome(owner, others));
    }

    /** If the index moves during the repair, the repair is repeated a few times and then left to the next walk. */
    private Uni<Void> mend(Collection owner, Index index, Set<UUID> ids, int tries) {
        return index.position()
                .chain(position -> position.isEmpty() || tries == 0
                        ? Uni.createFrom().voidItem()
                        : unitOfWork
                                .read(() -> rows.entries(owner.searched(), ids))
                                .chain(entries ->
                                        index.apply(entries, without(ids, entries), position.get(), position.get()))
                                .chain(mended ->
                                        mended ? Uni.createFrom().voidItem() : mend(owner, index, ids, tries - 1)));
    }

    private static Set<UUID> without(Set<UUID> ids, List<IndexEntry> entries) {
        Set<UUID> gone = new HashSet<>(ids);
        entries.forEach(entry -> gone.remove(entry.document().id()));
        return gone;
    }

    private static UUID following(UUID id) {
        long low = id.getLeastSignificantBits() + 1;
        return new UUID(id.getMostSignificantBits() + (low == 0 ? 1 : 0), low);
    }
}
