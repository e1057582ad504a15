package dev.tandem.domain.embedding;

import java.nio.ByteBuffer;
import java.util.UUID;

/**
 * The vectors that one model makes of a collection's documents. A collection has one set. While it moves to another model, and for a while
 * afterwards, it has two.
 *
 * @param number 0 for the first set of a collection. Of two sets that exist together, one has an even and one an odd number
 */
public record VectorSet(int number, EmbeddingSettings embedding) {

    /**
     * The id of the index of a set. So an engine keeps the indexes of two sets apart without knowing of sets. The index of the first set has
     * the id of the collection.
     *
     * @param number of the set
     */
    public static UUID indexId(UUID collectionId, int number) {
        return number == 0
                ? collectionId
                : UUID.nameUUIDFromBytes(ByteBuffer.allocate(2 * Long.BYTES + Integer.BYTES)
                        .putLong(collectionId.getMostSignificantBits())
                        .putLong(collectionId.getLeastSignificantBits())
                        .putInt(number)
                        .array());
    }

    public boolean isOdd() {
        return (number & 1) == 1;
    }
}
