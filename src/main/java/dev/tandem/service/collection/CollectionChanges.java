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

    /**
     * Replaces a collection, which this transaction has locked. Returns the one that is there now.
     *
     * @param declares whether the client has said which indexes of metadata there are to be
     */
    Uni<Collection> replace(Collection current, Collection changed, boolean declares) {
        Uni<Void> declared = indexing.declare(current, changed, declares);
        return changed.equals(current)
                ? declared.replaceWith(current)
                : declared.chain(() -> collections.replace(changed))
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
