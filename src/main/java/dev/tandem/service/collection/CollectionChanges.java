package dev.tandem.service.collection;

import dev.tandem.domain.collection.Collection;
import dev.tandem.index.Shape;
import dev.tandem.repository.CollectionRepository;
import dev.tandem.service.index.IndexMoves;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/** Writes changed collections, together with what follows from the change. */
@Singleton
class CollectionChanges {

    private final CollectionRepository collections;
    private final IndexMoves moves;
    private final MetadataIndexing indexing;

    CollectionChanges(CollectionRepository collections, IndexMoves moves, MetadataIndexing indexing) {
        this.collections = collections;
        this.moves = moves;
        this.indexing = indexing;
    }

    /** Replaces a collection, which this transaction has locked. Returns the one that is there now. */
    Uni<Collection> replace(Collection current, Collection changed) {
        return changed.equals(current)
                ? Uni.createFrom().item(current)
                : indexing.declare(current, changed)
                        .chain(() -> collections.replace(changed))
                        .chain(() -> tellReplicas(current, changed))
                        .replaceWith(changed);
    }

    /** Another language needs another index on every replica; they learn from the log that there is something to do. */
    private Uni<Void> tellReplicas(Collection former, Collection changed) {
        return Shape.withVectors(former).equals(Shape.withVectors(changed))
                ? Uni.createFrom().voidItem()
                : moves.look(changed).replaceWithVoid();
    }
}
