package dev.tandem.domain.collection;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A collection in numbers.
 *
 * @param pending documents whose vectors are still to be made
 * @param parked documents whose embedding has been given up until a person decides what to do
 * @param oldestPending for how long the document that waits longest for its vectors has waited; null where none waits
 */
public record CollectionStats(
        long documents,
        long chunks,
        long pending,
        long parked,
        @Nullable Duration oldestPending) {}
