package dev.tandem.domain.document;

import java.time.Instant;
import java.util.UUID;

/**
 * A place in an ordered list: just behind a document.
 *
 * @param value what the list is ordered by, of that document: an {@link Instant}, a {@link String} or a {@link UUID}
 */
public record Keyset(Comparable<?> value, UUID id) {

    /** Just behind the document, in a list of that order. */
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
