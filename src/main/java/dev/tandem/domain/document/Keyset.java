package dev.tandem.domain.document;

import dev.tandem.domain.metadata.SortValue;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A place in an ordered list, beside a document or at an end, and the direction in which the list is read from there.
 *
 * @param entry the document that the page begins beside; null for the page at an end of the list
 * @param isBackwards whether the page is what comes before; it is read from its last document to its first
 */
public record Keyset(@Nullable Entry entry, boolean isBackwards) {

    public static final Keyset BEGINNING = new Keyset(null, false);
    public static final Keyset END = new Keyset(null, true);

    /**
     * What orders a document in a list.
     *
     * @param values of each part of the order
     */
    public record Entry(List<SortValue> values, UUID id) {

        public Entry {
            values = List.copyOf(values);
        }
    }

    /** The place behind the document, in a list with that order. */
    public static Keyset behind(Document document, DocumentOrder order) {
        return new Keyset(entry(document, order), false);
    }

    /** The place before the document, from which the list is read backwards. */
    public static Keyset before(Document document, DocumentOrder order) {
        return new Keyset(entry(document, order), true);
    }

    private static Entry entry(Document document, DocumentOrder order) {
        return new Entry(order.values(document), document.id());
    }
}
