package dev.tandem.domain.metadata;

import org.jspecify.annotations.Nullable;

/** A document as filters see it. */
public interface Filterable {

    Metadata metadata();

    /** A {@link String}, a {@link Long} or an {@link java.time.Instant}, according to the field's type; null if it has no value. */
    @Nullable
    Object value(DocumentField field);
}
