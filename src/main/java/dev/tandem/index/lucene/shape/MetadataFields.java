package dev.tandem.index.lucene.shape;

import dev.tandem.domain.metadata.FieldPath;
import dev.tandem.domain.metadata.Metadata;
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

/** A document's metadata as terms and points, reached in the same way as by {@link FieldPath}. */
final class MetadataFields {

    private final Set<BytesRef> terms = new LinkedHashSet<>();
    private final List<IndexableField> points = new ArrayList<>();

    private MetadataFields() {}

    static List<IndexableField> of(Metadata metadata) {
        MetadataFields fields = new MetadataFields();
        fields.addMembers(null, metadata.values());
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
            list.forEach(element -> addElement(path, hash, element));
        } else {
            addElement(path, hash, value);
        }
    }

    /** No path reaches a list inside a list. */
    private void addElement(FieldPath path, byte[] hash, @Nullable Object element) {
        if (element instanceof Map<?, ?> object) {
            addMembers(path, object);
        } else if (!(element instanceof List<?>)) {
            addScalar(hash, element);
        }
    }

    private void addScalar(byte[] hash, @Nullable Object scalar) {
        BytesRef term = MetadataTerm.equal(hash, scalar);
        boolean isNew = MetadataTerm.fits(term) && terms.add(term);
        if (isNew && scalar instanceof Number number) {
            points.add(new BinaryPoint(Fields.NUMBERS, hash, NumberKey.of(number)));
        }
    }
}
