package dev.tandem.index.shared;

import static java.util.stream.Collectors.toUnmodifiableSet;

import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.index.Engine;
import dev.tandem.index.IndexTrouble;
import dev.tandem.index.Indexes;
import dev.tandem.index.Shape;
import dev.tandem.remote.Outage;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * The indexes of all collections in an engine that all replicas share. A replica changes an index only while it has a claim on its cursor.
 * Writes carry the claim's fence in their version, so that a holder that was held up overwrites nothing of its successor's.
 */
public final class SharedIndexes implements Indexes {

    private static final Logger LOG = Logger.getLogger(SharedIndexes.class);
    private static final int LENGTH_OF_ID = 36;
    /** The code of an engine that does not answer. */
    static final String AWAY = "engine.unavailable";
    /** All collections ask an engine, each for itself, and each of them again. */
    private static final Outage.Manner MANNER = new Outage.Manner(0, false);

    private final SharedEngine engine;
    private final Cursors cursors;
    private final Outage outage;
    private final Map<UUID, SharedSlot> slots = new ConcurrentHashMap<>();
    private volatile boolean isReady;
    private volatile boolean isClosed;

    public SharedIndexes(SharedEngine engine, Cursors cursors) {
        this.engine = engine;
        this.cursors = cursors;
        this.outage = new Outage("The engine " + engine.engine().name(), AWAY, MANNER);
    }

    @Override
    public Engine engine() {
        return engine.engine();
    }

    /** Makes the engine ready. Fails as {@link SharedEngine#prepare} does; until it has succeeded, the engine counts as away. */
    public Uni<Void> prepare() {
        return open(engine::prepare).invoke(() -> isReady = true);
    }

    @Override
    public SharedIndex of(Collection collection) {
        return new SharedIndex(this, collection.id(), Shape.withVectors(collection));
    }

    /** Does not ask whether the engine is away: most engines know their limits without their servers. */
    @Override
    public Uni<Void> requireFitting(Collection collection) {
        return open(() -> engine.requireFitting(Shape.withVectors(collection)));
    }

    Cursors cursors() {
        return cursors;
    }

    SharedSlot slot(UUID collectionId) {
        return slots.computeIfAbsent(collectionId, id -> new SharedSlot());
    }

    /** Renews the claims that this replica relies on. */
    public Uni<Void> renewClaims() {
        Set<UUID> claimed = slots.entrySet().stream()
                .filter(slot -> slot.getValue().isClaimed())
                .map(Map.Entry::getKey)
                .collect(toUnmodifiableSet());
        return claimed.isEmpty() ? Uni.createFrom().voidItem() : cursors.renew(claimed);
    }

    /** A request to the engine. Fails at once while the engine is away or this service stops. */
    <T> Uni<T> ask(Supplier<Uni<T>> request) {
        return open(() -> {
            if (!isReady) {
                throw new Refusal.Unavailable(
                        AWAY, "The engine " + engine.engine().name() + " is not ready yet.", Duration.ofSeconds(1));
            }
            return outage.watch(request);
        });
    }

    /** The work, unless this service stops. */
    <T> Uni<T> open(Supplier<Uni<T>> work) {
        return Uni.createFrom().deferred(() -> {
            if (isClosed) {
                throw new Refusal.Unavailable("index.closed", "The service is stopping.", Duration.ofSeconds(1));
            }
            return work.get();
        });
    }

    SharedEngine client() {
        return engine;
    }

    @Override
    public Uni<Void> drop(UUID collectionId) {
        return open(() -> cursors.delete(collectionId))
                .invoke(() -> forget(collectionId))
                .chain(() -> dropStores(collectionId, Optional.empty()));
    }

    private void forget(UUID collectionId) {
        SharedSlot slot = slots.remove(collectionId);
        if (slot != null) {
            slot.lost();
        }
    }

    /** Deletes the stores of a collection except for one. */
    Uni<Void> dropStores(UUID collectionId, Optional<Store> kept) {
        return ask(engine::stores)
                .onItem()
                .transformToMulti(names -> Multi.createFrom().iterable(names))
                .select()
                .where(name -> name.startsWith(collectionId.toString())
                        && kept.stream().noneMatch(store -> store.name().equals(name)))
                .onItem()
                .transformToUniAndConcatenate(name -> ask(() -> engine.drop(name)))
                .collect()
                .last()
                .replaceWithVoid();
    }

    @Override
    public Uni<Void> dropAll(Set<UUID> collectionIds) {
        return Multi.createFrom()
                .iterable(collectionIds)
                .onItem()
                .transformToUniAndConcatenate(id -> drop(id).onFailure().recoverWithUni(failure -> {
                    LOG.debugf(failure, "The index of collection %s, which is gone, is left to the next sweep.", id);
                    return Uni.createFrom().voidItem();
                }))
                .collect()
                .last()
                .replaceWithVoid();
    }

    @Override
    public Uni<Set<UUID>> stored() {
        return ask(engine::stores).chain(names -> open(cursors::collections).map(built -> {
            Set<UUID> stored = new HashSet<>(built);
            stored.addAll(names.stream()
                    .map(name -> UUID.fromString(name.substring(0, LENGTH_OF_ID)))
                    .collect(Collectors.toSet()));
            return stored;
        }));
    }

    @Override
    public Optional<IndexTrouble> trouble(UUID collectionId) {
        return outage.state().map(trouble -> new IndexTrouble(trouble.since(), trouble.reason()));
    }

    @Override
    public Set<UUID> waiting() {
        return outage.isDue() ? Set.copyOf(slots.keySet()) : Set.of();
    }

    /** Stops. What is claimed is free for other replicas when the claims end. */
    public void close() {
        isClosed = true;
        engine.close();
    }
}
