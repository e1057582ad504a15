package dev.tandem.index.lucene.shape;

import dev.tandem.domain.metadata.Dates;
import dev.tandem.domain.metadata.DocumentField;
import dev.tandem.domain.metadata.FieldPath;
import dev.tandem.domain.metadata.FilterField;
import dev.tandem.domain.metadata.Filterable;
import dev.tandem.domain.metadata.geo.GeoPoint;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.document.BinaryPoint;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.IndexableField;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/** What filters can ask of a document, as terms and points: its metadata, reached in the same way as by {@link FieldPath}, and its own fields. */
public final class MetadataFields {

    private final Set<BytesRef> terms = new LinkedHashSet<>();
    private final List<IndexableField> points = new ArrayList<>();

    private MetadataFields() {}

    public static List<IndexableField> of(Filterable document) {
        MetadataFields fields = new MetadataFields();
        fields.addMembers(null, document.metadata().values());
        for (DocumentField field : DocumentField.values()) {
            fields.addOwn(field, document.value(field));
        }
        List<IndexableField> all = new ArrayList<>(fields.points);
        for (BytesRef term : fields.terms) {
            all.add(new StringField(Fields.METADATA, term, Field.Store.NO));
        }
        return all;
    }

    private void addMembers(@Nullable FieldPath parent, Map<?, ?> object) {
        object.forEach((key, value) -> {
            String name = (String) key;
            FieldPath path = parent == null ? new FieldPath(List.of(name)) : parent.child(name);
            addValue(path, value);
        });
    }

    private void addValue(FieldPath path, @Nullable Object value) {
        byte[] hash = MetadataTerm.hash(path);
        terms.add(MetadataTerm.exists(hash));
        if (value instanceof List<?> list) {
            list.forEach(element -> addElement(path, element));
        } else {
            addElement(path, value);
        }
    }

    /** No path reaches a list inside a list. */
    private void addElement(FieldPath path, @Nullable Object element) {
        if (element instanceof Map<?, ?> object) {
            addPlace(path, GeoPoint.of(object));
            addMembers(path, object);
        } else if (!(element instanceof List<?>)) {
            addScalar(path, element);
        }
    }

    private void addPlace(FieldPath path, @Nullable GeoPoint place) {
        if (place != null) {
            byte[] hash = MetadataTerm.hash(path);
            points.add(new BinaryPoint(Fields.PLACES, hash, NumberKey.of(place.lat()), NumberKey.of(place.lon())));
        }
    }

    private void addOwn(DocumentField field, @Nullable Object value) {
        if (value != null) {
            terms.add(MetadataTerm.exists(MetadataTerm.hash(field)));
        }
        addScalar(field, value);
    }

    private void addScalar(FilterField field, @Nullable Object scalar) {
        byte[] hash = MetadataTerm.hash(field);
        BytesRef term = MetadataTerm.equal(hash, scalar);
        boolean isNew = MetadataTerm.fits(term) && terms.add(term);
        if (isNew && scalar instanceof Number number) {
            points.add(new BinaryPoint(Fields.NUMBERS, hash, NumberKey.of(number)));
        }
        if (isNew && scalar instanceof Instant date) {
            points.add(
                    new BinaryPoint(Fields.NUMBERS, MetadataTerm.hashOfDates(field), NumberKey.of(Dates.micros(date))));
        }
        Instant written = scalar instanceof String text ? Dates.parse(text) : null;
        if (written != null) {
            addScalar(field, written);
        }
    }
}
