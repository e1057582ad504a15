package dev.tandem.index;

import dev.tandem.domain.collection.Collection;
import io.smallrye.mutiny.Uni;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The indexes of all collections in one engine. Every method fails as {@link Index} says. */
public interface Indexes {

    /** The engine of these indexes. */
    Engine engine();

    /** The collection's index, by the collection's current settings. This opens nothing, so nothing has to be closed. */
    Index of(Collection collection);

    /**
     * Checks that the engine can hold the collection's vectors. Fails with {@link dev.tandem.domain.refusal.Refusal.Rejected}, as {@code
     * engine.unfit}, if it cannot.
     */
    default Uni<Void> requireFitting(Collection collection) {
        return Uni.createFrom().voidItem();
    }

    /** Deletes the index of a collection. Running searches still finish. */
    Uni<Void> drop(UUID collectionId);

    /** Deletes the indexes of these collections, as far as that is possible now. */
    Uni<Void> dropAll(Set<UUID> collectionIds);

    /** The collections that have an index, or an unfinished one. */
    Uni<Set<UUID>> stored();

    /** Why the index of a collection cannot be written or opened on this replica; empty if no such problem is known. */
    Optional<IndexTrouble> trouble(UUID collectionId);

    /** The collections whose index failed and has to follow again, because the cause may be gone by now. */
    Set<UUID> waiting();
}
