package dev.tandem.api.document;

import dev.tandem.api.http.CursorCodec;
import dev.tandem.domain.document.DocumentOrder;
import dev.tandem.domain.document.DocumentQuery;
import dev.tandem.domain.document.Keyset;
import dev.tandem.domain.metadata.Filter;
import java.time.Instant;
import java.util.UUID;

/** Where a page of documents begins, for callers to carry. It fits only the list it is from: collection, filter and order. */
final class DocumentCursor {

    private static final int ID_LENGTH = 36;

    private DocumentCursor() {}

    static String encode(Keyset place, DocumentQuery query, String collection) {
        return CursorCodec.close(
                place.id() + place.value().toString(), purpose(collection, query.filter(), query.order()));
    }

    /** @throws dev.tandem.domain.refusal.Refusal.Malformed if it is from another list, or changed */
    static Keyset decode(String cursor, Filter filter, DocumentOrder order, String collection) {
        String text = CursorCodec.open(cursor, purpose(collection, filter, order));
        String value = text.substring(ID_LENGTH);
        Comparable<?> typed =
                switch (order.by()) {
                    case CREATED_AT, UPDATED_AT -> Instant.parse(value);
                    case KEY -> value;
                    case ID -> UUID.fromString(value);
                };
        return new Keyset(typed, UUID.fromString(text.substring(0, ID_LENGTH)));
    }

    private static String purpose(String collection, Filter filter, DocumentOrder order) {
        return collection + "\n" + order + "\n" + filter;
    }
}
