package dev.tandem.domain.document;

import dev.tandem.domain.metadata.DocumentField;
import dev.tandem.domain.metadata.FieldPath;
import dev.tandem.domain.metadata.FilterField;
import dev.tandem.domain.metadata.SortValue;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The order of a list of documents: by the first field, where its values are equal by the second, and so on. Documents that are equal in all
 * fields are ordered by id, in the direction of the last field, so the order is total.
 *
 * @param parts at least one
 */
public record DocumentOrder(List<Part> parts) {

    public static final int MOST_PARTS = 4;

    /** What the names of metadata fields begin with. A document's own fields have no such prefix. */
    public static final String METADATA = FieldPath.METADATA;

    public static final DocumentOrder OLDEST_FIRST = by(DocumentField.CREATED_AT, false);

    /**
     * A field that documents are ordered by.
     *
     * @param descending greatest first; what has no value comes last anyway
     */
    public record Part(FilterField field, boolean descending) {

        /** As a request writes it. */
        @Override
        public String toString() {
            String name =
                    switch (field) {
                        case DocumentField own -> own.property();
                        // A comma would end the part.
                        case FieldPath path -> METADATA + path.toString().replace(",", "\\,");
                    };
            return descending ? "-" + name : name;
        }
    }

    public DocumentOrder {
        parts = List.copyOf(parts);
    }

    /** By one field. */
    public static DocumentOrder by(FilterField field, boolean descending) {
        return new DocumentOrder(List.of(new Part(field, descending)));
    }

    /** The values that order a document, of each part. */
    List<SortValue> values(Document document) {
        return parts.stream().map(part -> part.field().sortValue(document)).toList();
    }

    /** The direction of the ids. */
    public boolean descendingIds() {
        return parts.getLast().descending();
    }

    /** As a request writes it. */
    @Override
    public String toString() {
        return parts.stream().map(Part::toString).collect(Collectors.joining(","));
    }
}
