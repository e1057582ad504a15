package dev.tandem.index.shared;

import dev.tandem.domain.change.Position;
import dev.tandem.index.IndexBuild;
import dev.tandem.index.IndexEntry;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** A build in a store of its own, under one claim. If the claim ends, so does the build: its successor begins another one. */
final class SharedBuild implements IndexBuild {

    private static final Logger LOG = Logger.getLogger(SharedBuild.class);

    private final SharedIndexes indexes;
    private final SharedSlot slot;
    private final Store store;
    private final long fence;
    private volatile boolean isOver;

    SharedBuild(SharedIndexes indexes, SharedSlot slot, Store store, long fence) {
        this.indexes = indexes;
        this.slot = slot;
        this.store = store;
        this.fence = fence;
    }

    @Override
    public Uni<Void> apply(List<IndexEntry> saved, Set<UUID> gone) {
        return whileFilling(
                () -> indexes.ask(() -> indexes.client().write(store, slot.nextVersion(fence), saved, gone)));
    }

    @Override
    public Uni<Void> swapIn(Position reached) {
        Cursor cursor = new Cursor(store, reached);
        return whileFilling(() -> slot.turns().take(() -> indexes.cursors()
                        .show(store.collectionId(), fence, cursor)
                        .invoke(isShown -> {
                            if (!isShown) {
                                throw givenUp();
                            }
                            isOver = true;
                            slot.moved(cursor);
                        })))
                .chain(() -> indexes.dropStores(store.collectionId(), Optional.of(store))
                        .onFailure()
                        .recoverWithUni(failure -> {
                            LOG.debugf(failure, "The store before %s is left to the next build.", store.name());
                            return Uni.createFrom().voidItem();
                        }));
    }

    @Override
    public Uni<Void> discard() {
        if (isOver) {
            return Uni.createFrom().voidItem();
        }
        isOver = true;
        return indexes.ask(() -> indexes.client().drop(store));
    }

    private <T> Uni<T> whileFilling(Supplier<Uni<T>> filling) {
        return indexes.open(() -> {
                    if (isOver) {
                        throw givenUp();
                    }
                    Optional<Claim> held = slot.claim();
                    return held.isPresent()
                            ? Uni.createFrom().item(held)
                            : indexes.cursors()
                                    .claim(store.collectionId(), fence)
                                    .map(slot::claimed);
                })
                .invoke(claim -> {
                    if (claim.filter(held -> held.fence() == fence).isEmpty()) {
                        isOver = true;
                        throw givenUp();
                    }
                })
                .chain(filling::get)
                .onFailure(StoreGone.class)
                .transform(gone -> givenUp());
    }

    private static CancellationException givenUp() {
        return new CancellationException("The rebuild was given up.");
    }
}
