package dev.tandem.api.document;

import dev.tandem.api.paging.Cursor;
import dev.tandem.api.paging.Cursors;
import dev.tandem.domain.document.DocumentOrder;
import dev.tandem.domain.document.Keyset;
import dev.tandem.domain.metadata.Filter;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.UUID;

/** The beginning of a page of documents. A cursor is valid only for the list that it comes from: same collection, filter and order. */
final class DocumentCursor {

    private static final int ID_LENGTH = 36;

    private DocumentCursor() {}

    static Uni<Cursor<Keyset>> of(Cursors cursors, String collection, Filter filter, DocumentOrder order) {
        return cursors.of(
                collection + "\n" + order + "\n" + filter,
                place -> place.id() + place.value().toString(),
                text -> place(text, order));
    }

    private static Keyset place(String text, DocumentOrder order) {
        String value = text.substring(ID_LENGTH);
        Comparable<?> typed =
                switch (order.by()) {
                    case CREATED_AT, UPDATED_AT -> Instant.parse(value);
                    case KEY -> value;
                    case ID -> UUID.fromString(value);
                };
        return new Keyset(typed, UUID.fromString(text.substring(0, ID_LENGTH)));
    }
}
