package dev.tandem.domain.document;

import java.time.Instant;
import java.util.UUID;

/**
 * A place in an ordered list: directly behind a document.
 *
 * @param value the document's value of the field that the list is ordered by: an {@link Instant}, a {@link String} or a {@link UUID}
 */
public record Keyset(Comparable<?> value, UUID id) {

    /** The place behind the document, in a list with that order. */
    public static Keyset behind(Document document, DocumentOrder order) {
        Comparable<?> value =
                switch (order.by()) {
                    case CREATED_AT -> document.createdAt();
                    case UPDATED_AT -> document.updatedAt();
                    case KEY -> document.key();
                    case ID -> document.id();
                };
        return new Keyset(value, document.id());
    }
}
