package dev.tandem.domain.document;

import java.util.Arrays;
import java.util.Optional;

/**
 * The order of a list of documents. Equal documents are ordered by id, so the order is total.
 *
 * @param descending greatest first, ids included
 */
public record DocumentOrder(Field by, boolean descending) {

    public static final DocumentOrder OLDEST_FIRST = new DocumentOrder(Field.CREATED_AT, false);

    /** What documents can be ordered by. */
    public enum Field {
        CREATED_AT("createdAt"),
        UPDATED_AT("updatedAt"),
        /** By code point. */
        KEY("key"),
        ID("id");

        private final String property;

        Field(String property) {
            this.property = property;
        }

        /** The field's name in requests, answers and queries. */
        public String property() {
            return property;
        }
    }

    /** Reads {@code createdAt} or {@code -createdAt}; empty if documents can't be sorted by this. */
    public static Optional<DocumentOrder> parse(String text) {
        boolean descending = text.startsWith("-");
        String name = descending ? text.substring(1) : text;
        return Arrays.stream(Field.values())
                .filter(field -> field.property.equals(name))
                .findFirst()
                .map(field -> new DocumentOrder(field, descending));
    }

    /** The inverse of {@link #parse(String)}. */
    @Override
    public String toString() {
        return descending ? "-" + by.property : by.property;
    }
}
