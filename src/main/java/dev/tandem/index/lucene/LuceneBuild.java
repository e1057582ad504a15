package dev.tandem.index.lucene;

import dev.tandem.domain.change.Position;
import dev.tandem.index.IndexBuild;
import dev.tandem.index.IndexEntry;
import dev.tandem.index.lucene.store.DiskTrouble;
import dev.tandem.index.lucene.store.Generation;
import dev.tandem.index.lucene.store.IndexSlot;
import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import org.apache.lucene.store.AlreadyClosedException;

/** A build in a folder of its own. What a crash leaves of it is deleted when the collection's index is next opened. */
final class LuceneBuild implements IndexBuild {

    private final LuceneIndexes indexes;
    private final IndexSlot slot;
    private final Generation generation;

    LuceneBuild(LuceneIndexes indexes, IndexSlot slot, Generation generation) {
        this.indexes = indexes;
        this.slot = slot;
        this.generation = generation;
    }

    @Override
    public Uni<Void> apply(List<IndexEntry> saved, Set<UUID> gone) {
        return whileFilling(() -> generation.add(saved, gone));
    }

    @Override
    public Uni<Void> swapIn(Position reached) {
        return whileFilling(() -> indexes.swapIn(slot, generation, reached));
    }

    @Override
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
