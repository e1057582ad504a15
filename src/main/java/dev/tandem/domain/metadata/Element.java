package dev.tandem.domain.metadata;

import org.jspecify.annotations.Nullable;

/** An object inside a document's metadata as filters see it: it has nothing but its members. */
public record Element(Metadata metadata) implements Filterable {

    @Override
    public @Nullable Object value(DocumentField field) {
        throw new IllegalArgumentException("an element has no " + field.written());
    }
}
