package dev.tandem.domain.access;

import dev.tandem.domain.metadata.Filter;
import java.util.List;

/**
 * The documents of a collection that a caller may see. Whatever reads documents for a caller asks for a scope, so that it cannot be forgotten.
 *
 * @param filter matches the documents that the caller may see
 */
public record Scope(Filter filter) {

    /** All documents. It is for work of the service's own, and for callers without a filter. */
    public static final Scope EVERYTHING = new Scope(Filter.EVERYTHING);

    /** Whether it leaves out anything. */
    public boolean isLimited() {
        return !filter.equals(Filter.EVERYTHING);
    }

    /** What a filter matches within the scope. */
    public Filter within(Filter wanted) {
        if (!isLimited()) {
            return wanted;
        }
        return wanted.equals(Filter.EVERYTHING) ? filter : new Filter.And(List.of(filter, wanted));
    }
}
