package dev.tandem.domain.metadata;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a condition of a {@link Filter} is about, and what lists are ordered by: a field of the metadata, or one of the document's own. */
public sealed interface FilterField permits FieldPath, DocumentField {

    /** Whether the document has the field, even as null. */
    boolean exists(Filterable document);

    /** The scalars (null included) that the document has in the field. */
    List<@Nullable Object> scalars(Filterable document);

    /** The value by which the field orders the document. */
    SortValue sortValue(Filterable document);
}
