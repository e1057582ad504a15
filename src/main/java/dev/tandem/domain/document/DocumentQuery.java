package dev.tandem.domain.document;

import dev.tandem.domain.metadata.Filter;
import org.jspecify.annotations.Nullable;

/**
 * A page of a collection's documents.
 *
 * @param after where the page begins; null for the first
 * @param limit how many documents at most
 */
public record DocumentQuery(
        Filter filter, DocumentOrder order, @Nullable Keyset after, int limit, Count count) {

    /** Whether to count all that match, and how well. */
    public enum Count {
        NONE,
        /** What PostgreSQL's planner believes. */
        ESTIMATED,
        EXACT
    }

    /** The same page with so many documents at most. */
    public DocumentQuery limitedTo(int fewer) {
        return new DocumentQuery(filter, order, after, fewer, count);
    }
}
