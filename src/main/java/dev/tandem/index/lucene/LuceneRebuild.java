package dev.tandem.index.lucene;

import dev.tandem.index.lucene.store.DiskTrouble;
import dev.tandem.index.lucene.store.Generation;
import dev.tandem.index.lucene.store.IndexSlot;

import dev.tandem.domain.change.Position;
import dev.tandem.index.IndexEntry;
import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import org.apache.lucene.store.AlreadyClosedException;

/**
 * An index that is being built beside the one that is searched. It ends with {@link #swapIn} or {@link #discard}; what is left of one
 * after a crash is deleted when the collection's index is next opened.
 */
public final class LuceneRebuild {

    private final LuceneIndexes indexes;
    private final IndexSlot slot;
    private final Generation generation;

    LuceneRebuild(LuceneIndexes indexes, IndexSlot slot, Generation generation) {
        this.indexes = indexes;
        this.slot = slot;
        this.generation = generation;
    }

    /**
     * Replaces and deletes documents; nobody sees it yet. Calls for different documents may run at the same time.
     *
     * <p>Fails with {@link CancellationException} once the rebuild was discarded or the collection's index dropped, and with
     * {@link dev.tandem.domain.refusal.Refusal.Unavailable} where the disk fails.
     */
    public Uni<Void> apply(List<IndexEntry> saved, Set<UUID> gone) {
        return whileFilling(() -> generation.add(saved, gone));
    }

    /**
     * Makes this the collection's index, durably. Searches that run end on the old one, which is then deleted. Fails as
     * {@link #apply(List, Set)} does.
     *
     * @param reached everything up to here was applied
     */
    public Uni<Void> swapIn(Position reached) {
        return whileFilling(() -> indexes.swapIn(slot, generation, reached));
    }

    /** Gives up; the old index stays. Does nothing after {@link #swapIn}. */
    public Uni<Void> discard() {
        return indexes.changes().run(() -> {
            slot.discard(generation);
            return null;
        });
    }

    private Uni<Void> whileFilling(Filling filling) {
        return indexes.changes().run(() -> {
            if (!slot.acquireFilling(generation)) {
                throw new CancellationException("The rebuild was given up.");
            }
            try {
                filling.run();
            } catch (IOException | AlreadyClosedException e) {
                slot.failed(generation, e);
                throw DiskTrouble.unavailable();
            } finally {
                slot.release(generation);
            }
            return null;
        });
    }

    private interface Filling {
        void run() throws IOException;
    }
}
