package dev.tandem.service.index;

import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.embedding.VectorSet;
import java.util.UUID;

/**
 * The part of a collection's index in one engine, for one set of vectors. Each part follows the rows by itself.
 *
 * @param engine the engine's name
 * @param isOdd whether the set has an odd number: of the sets that a collection has together, at most one has
 */
public record IndexPart(UUID collectionId, String engine, boolean isOdd) {

    /** The part of a collection's first set. */
    public IndexPart(UUID collectionId, String engine) {
        this(collectionId, engine, false);
    }

    public static IndexPart of(Collection collection, VectorSet set, String engine) {
        return new IndexPart(collection.id(), engine, set.isOdd());
    }

    @Override
    public String toString() {
        return engine + " index of collection " + collectionId + (isOdd ? ", odd set" : "");
    }
}
