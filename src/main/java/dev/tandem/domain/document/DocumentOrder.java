package dev.tandem.domain.document;

import java.util.Arrays;
import java.util.Optional;

/**
 * The order of a list of documents. Whatever it is by, equals are ordered by id, so that it is total.
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

        /** Its name everywhere. */
        public String property() {
            return property;
        }
    }

    /** Reads {@code createdAt} or {@code -createdAt}; empty if documents can't be ordered so. */
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
