package dev.tandem.index;

import dev.tandem.domain.collection.Collection;
import io.smallrye.mutiny.Uni;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The indexes of all collections, as one engine keeps them. Everything here fails as {@link Index} says. */
public interface Indexes {

    /** What keeps these indexes. */
    Engine engine();

    /** The collection's index, as the collection's settings are now. Nothing is opened yet, and nothing has to be closed. */
    Index of(Collection collection);

    /** Deletes the index of a collection. Searches that run still end well. */
    Uni<Void> drop(UUID collectionId);

    /** Deletes the indexes of these collections, as far as that is possible now. */
    Uni<Void> dropAll(Set<UUID> collectionIds);

    /** The collections that have an index, or the beginnings of one. */
    Uni<Set<UUID>> stored();

    /** Why the index of a collection can't be written or opened here; empty where it can, as far as is known. */
    Optional<IndexTrouble> trouble(UUID collectionId);

    /** The collections whose index failed and has to be followed again, as the cause may be gone by now. */
    Set<UUID> waiting();
}
