package dev.tandem.domain.metadata;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A field that every document has beside its metadata. Filters write it with a dollar sign: {@code $key}. */
public enum DocumentField implements FilterField {
    KEY("key", Type.TEXT),
    ID("id", Type.TEXT),
    TITLE("title", Type.TEXT),
    VERSION("version", Type.NUMBER),
    CREATED_AT("createdAt", Type.DATE),
    UPDATED_AT("updatedAt", Type.DATE);

    /** What the values of a field are. */
    public enum Type {
        TEXT,
        NUMBER,
        DATE
    }

    private final String property;
    private final Type type;

    DocumentField(String property, Type type) {
        this.property = property;
        this.type = type;
    }

    /** The field that a filter means by this name. */
    public static Optional<DocumentField> of(String written) {
        return Arrays.stream(values())
                .filter(field -> field.written().equals(written))
                .findFirst();
    }

    /** The name of the field in a document's JSON. */
    public String property() {
        return property;
    }

    /** The name of the field in a filter. */
    public String written() {
        return "$" + property;
    }

    public Type type() {
        return type;
    }

    /** Whether a document may have no value in the field, which is null then. */
    public boolean isOptional() {
        return this == TITLE;
    }

    @Override
    public boolean exists(Filterable document) {
        return document.value(this) != null;
    }

    /** Only a title can be too long to be compared as a whole. */
    @Override
    public SortValue sortValue(Filterable document) {
        Object value = document.value(this);
        return this == TITLE ? SortValue.of(value) : new SortValue(value);
    }

    @Override
    public List<@Nullable Object> scalars(Filterable document) {
        return Collections.singletonList(document.value(this));
    }
}
