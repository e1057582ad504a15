package dev.tandem.domain.collection;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of a collection.
 *
 * @param pending documents whose vectors are still to be made
 * @param parked documents that failed to embed too often
 * @param oldestPending how long the oldest pending document has waited for its vectors; null if no document waits
 */
public record CollectionStats(
        long documents,
        long chunks,
        long pending,
        long parked,
        @Nullable Duration oldestPending) {}
