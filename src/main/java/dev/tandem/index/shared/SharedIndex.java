package dev.tandem.index.shared;

import dev.tandem.domain.change.Position;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.domain.search.Candidates;
import dev.tandem.index.CandidateQuery;
import dev.tandem.index.Index;
import dev.tandem.index.IndexBuild;
import dev.tandem.index.IndexEntry;
import dev.tandem.index.IndexHealth;
import dev.tandem.index.IndexSize;
import dev.tandem.index.IndexStatus;
import dev.tandem.index.Shape;
import dev.tandem.index.Stamp;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The index of one collection in a shared engine. */
final class SharedIndex implements Index {

    private static final Candidates NOTHING = new Candidates(List.of(), List.of(), 0);
    private static final Uni<Long> NONE = Uni.createFrom().item(0L);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
    /** How often a search looks for another store. Only builds that follow each other faster than it searches use them up. */
    private static final int TRIES = 5;

    private final SharedIndexes indexes;
    private final UUID collectionId;
    private final Shape shape;
    private final SharedSlot slot;

    SharedIndex(SharedIndexes indexes, UUID collectionId, Shape shape) {
        this.indexes = indexes;
        this.collectionId = collectionId;
        this.shape = shape;
        this.slot = indexes.slot(collectionId);
    }

    @Override
    public Uni<Boolean> claim() {
        return slot.turns().take(this::claimNow).map(Optional::isPresent);
    }

    @Override
    public Uni<Void> release() {
        return slot.turns().take(() -> slot.due()
                .map(fence -> indexes.cursors().release(collectionId, fence).invoke(slot::released))
                .orElseGet(() -> Uni.createFrom().voidItem()));
    }

    private Uni<Optional<Claim>> claimNow() {
        return indexes.open(() -> {
            Optional<Claim> held = slot.claim();
            return held.isPresent()
                    ? Uni.createFrom().item(held)
                    : newest().chain(newest -> indexes.cursors().claim(collectionId, newest))
                            .map(slot::claimed);
        });
    }

    /** What a database that was restored to an earlier time has forgotten, the engine remembers, or this replica. */
    private Uni<Long> newest() {
        return slot.newest().map(known -> Uni.createFrom().item(known)).orElseGet(() -> cursorNow()
                .chain(cursor -> cursor.map(Cursor::store).map(this::newestOf).orElse(NONE))
                .map(slot::heard));
    }

    private Uni<Long> newestOf(Store store) {
        return indexes.ask(() -> indexes.client().newestFence(store))
                .onFailure(StoreGone.class)
                .recoverWithItem(0L);
    }

    @Override
    public Uni<Optional<Position>> position() {
        return cursor(false).map(cursor -> cursor.filter(this::isFitting).map(Cursor::position));
    }

    private boolean isFitting(Cursor cursor) {
        return cursor.store().shape().equals(shape);
    }

    /** @param isRecentEnough whether the cursor of a moment ago will do */
    private Uni<Optional<Cursor>> cursor(boolean isRecentEnough) {
        return indexes.open(() -> {
            Optional<Cursor> recent = isRecentEnough || slot.claim().isPresent() ? slot.recent() : null;
            return recent != null ? Uni.createFrom().item(recent) : cursorNow();
        });
    }

    private Uni<Optional<Cursor>> cursorNow() {
        return indexes.cursors().find(collectionId).map(slot::read);
    }

    @Override
    public Uni<IndexStatus> status() {
        return position().map(shown -> {
            IndexHealth built = shown.isPresent() ? IndexHealth.OK : IndexHealth.BUILDING;
            return new IndexStatus(indexes.trouble(collectionId).isPresent() ? IndexHealth.DEGRADED : built, shown);
        });
    }

    @Override
    public Uni<Boolean> apply(List<IndexEntry> saved, Set<UUID> gone, Position from, Position reached) {
        return slot.turns().take(() -> cursor(false)
                .invoke(this::requireBuilt)
                .chain(this::claimNow)
                .chain(claim -> claim.isEmpty()
                        ? Uni.createFrom().item(false)
                        : apply(claim.get(), saved, gone, from, reached)));
    }

    private Uni<Boolean> apply(Claim claim, List<IndexEntry> saved, Set<UUID> gone, Position from, Position reached) {
        Cursor cursor = requireBuilt(claim.cursor());
        if (!cursor.position().equals(from)) {
            return Uni.createFrom().item(false);
        }
        Store store = cursor.store();
        return write(store, slot.nextVersion(claim.fence()), saved, gone)
                .chain(() -> indexes.cursors().advance(collectionId, claim.fence(), from, reached))
                .invoke(isMoved -> {
                    if (isMoved) {
                        slot.moved(new Cursor(store, reached));
                    } else {
                        slot.lost();
                    }
                })
                .onFailure(StoreGone.class)
                .recoverWithItem(() -> {
                    slot.lost();
                    return false;
                });
    }

    private Uni<Void> write(Store store, long version, List<IndexEntry> saved, Set<UUID> gone) {
        return saved.isEmpty() && gone.isEmpty()
                ? Uni.createFrom().voidItem()
                : indexes.ask(() -> indexes.client().write(store, version, saved, gone));
    }

    private Cursor requireBuilt(Optional<Cursor> cursor) {
        return cursor.filter(this::isFitting)
                .orElseThrow(() -> new IllegalStateException(
                        "The index of collection " + collectionId + " has to be built first."));
    }

    @Override
    public Uni<List<Stamp>> stamps(@Nullable UUID after, int limit) {
        return inStore(store -> indexes.client().stamps(store, after, limit), List.of());
    }

    @Override
    public Uni<Map<UUID, Long>> stamps(Set<UUID> documentIds) {
        return documentIds.isEmpty()
                ? Uni.createFrom().item(Map.of())
                : inStore(store -> indexes.client().stamps(store, documentIds), Map.of());
    }

    @Override
    public Uni<IndexSize> size() {
        return inStore(store -> indexes.client().size(store), IndexSize.EMPTY);
    }

    @Override
    public Uni<Candidates> search(CandidateQuery query) {
        return inCursor(
                cursor -> indexes.client()
                        .search(cursor.store(), query)
                        .map(found -> new Candidates(
                                found.byWords(),
                                found.byVector(),
                                query.isCounted() ? found.matching() : null,
                                cursor.position().sequence())),
                NOTHING);
    }

    private <T> Uni<T> inStore(Function<Store, Uni<T>> request, T nothing) {
        return inCursor(cursor -> request.apply(cursor.store()), nothing);
    }

    /** The answer from the store that searches use; a build may replace it meanwhile. */
    private <T> Uni<T> inCursor(Function<Cursor, Uni<T>> request, T nothing) {
        return inCursor(request, nothing, TRIES)
                .onFailure(StoreGone.class)
                .transform(gone -> new Refusal.Unavailable(
                        "index.building", "The index is being replaced. Try again.", RETRY_AFTER));
    }

    private <T> Uni<T> inCursor(Function<Cursor, Uni<T>> request, T nothing, int tries) {
        return cursor(true)
                .chain(cursor -> cursor.isEmpty()
                        ? Uni.createFrom().item(nothing)
                        : indexes.ask(() -> request.apply(cursor.get())))
                .onFailure(failure -> failure instanceof StoreGone && tries > 1)
                .recoverWithUni(() -> {
                    slot.forget();
                    return inCursor(request, nothing, tries - 1);
                });
    }

    @Override
    public Uni<IndexBuild> rebuild() {
        return slot.turns().take(() -> claimNow().chain(claim -> {
            if (claim.isEmpty()) {
                throw new Refusal.Unavailable(
                        "index.held", "Another replica is changing this index. Try again.", RETRY_AFTER);
            }
            Store store = new Store(collectionId, name(claim.get()), shape);
            return indexes.dropStores(collectionId, claim.get().cursor().map(Cursor::store))
                    .chain(() -> indexes.ask(() -> indexes.client().create(store)))
                    .replaceWith(() ->
                            new SharedBuild(indexes, slot, store, claim.get().fence()));
        }));
    }

    /** The time distinguishes it from the stores of an index that was dropped, with its claims, before. */
    private static String name(Claim claim) {
        Instant now = Instant.now();
        long micros = Math.addExact(Math.multiplyExact(now.getEpochSecond(), 1_000_000L), now.getNano() / 1_000);
        return Long.toString(claim.fence(), Character.MAX_RADIX) + "x" + Long.toString(micros, Character.MAX_RADIX);
    }
}
