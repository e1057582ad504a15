package dev.tandem.domain.document;

import dev.tandem.domain.access.Scope;
import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.metadata.FieldPath;
import dev.tandem.domain.metadata.Filter;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of a collection's documents.
 *
 * @param from where the page begins; a page that is read backwards has its last document first
 * @param limit the largest number of documents
 */
public record DocumentQuery(Filter filter, DocumentOrder order, Keyset from, int limit, Count count) {

    /** Whether and how exactly to count all documents that match. */
    public enum Count {
        NONE,
        /** What PostgreSQL's planner estimates. */
        ESTIMATED,
        EXACT
    }

    /** What an answer says about a document. The document itself is always in it. */
    public enum Include {
        DOCUMENT,
        /** The stored vectors. */
        VECTOR
    }

    /** The same page, its filter as the collection {@linkplain Collection#read reads} it. */
    public DocumentQuery readBy(Collection owner) {
        return new DocumentQuery(owner.read(filter), order, from, limit, count);
    }

    /** The same page of what a scope has. */
    public DocumentQuery within(Scope scope) {
        return new DocumentQuery(scope.within(filter), order, from, limit, count);
    }

    /** The same page with at most this many documents. */
    public DocumentQuery limitedTo(int fewer) {
        return new DocumentQuery(filter, order, from, fewer, count);
    }

    /**
     * The field whose declared index the page can be read from, if there is one; null if none could serve it. An index of the metadata serves
     * equalities, so PostgreSQL can begin there if few documents have those values. It knows nothing about other conditions: it could walk along the
     * whole index for a few documents.
     */
    public @Nullable FieldPath servingIndex() {
        List<DocumentOrder.Part> parts = order.parts();
        return parts.size() == 1 && parts.getFirst().field() instanceof FieldPath path && isServed(filter)
                ? path
                : null;
    }

    private static boolean isServed(Filter filter) {
        return switch (filter) {
            case Filter.And(var conditions) -> conditions.stream().allMatch(DocumentQuery::isServed);
            case Filter.Equal(FieldPath path, var value) -> !(value instanceof Instant);
            case Filter.In(FieldPath path, var values) -> values.stream().noneMatch(Instant.class::isInstance);
            default -> filter.equals(Filter.EVERYTHING);
        };
    }
}
