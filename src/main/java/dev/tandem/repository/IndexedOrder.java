package dev.tandem.repository;

import static java.util.Objects.requireNonNull;

import dev.tandem.domain.document.DocumentOrder;
import dev.tandem.domain.document.Keyset;
import dev.tandem.domain.metadata.DocumentField;
import dev.tandem.domain.metadata.FilterField;
import org.jspecify.annotations.Nullable;

/**
 * An order that the table has an index for. A page is read from the index, at the place where it begins.
 *
 * @param by the field; ids follow it
 */
record IndexedOrder(DocumentField by, boolean descending) {

    /** Null for an order that needs all documents to be sorted. */
    static @Nullable IndexedOrder of(DocumentOrder order) {
        FilterField first = order.parts().getFirst().field();
        return order.parts().size() == 1 && first instanceof DocumentField own && isIndexed(own)
                ? new IndexedOrder(own, order.descendingIds())
                : null;
    }

    private static boolean isIndexed(DocumentField field) {
        return switch (field) {
            case KEY, ID, CREATED_AT, UPDATED_AT -> true;
            case TITLE, VERSION -> false;
        };
    }

    String column() {
        return switch (by) {
            case CREATED_AT -> "created_at";
            case UPDATED_AT -> "updated_at";
            default -> by.property();
        };
    }

    /** What the column of a place is compared with. */
    Object value(Keyset.Entry place) {
        return by == DocumentField.ID
                ? place.id()
                : requireNonNull(place.values().getFirst().value());
    }
}
