package dev.tandem.index.lucene.shape;

import dev.tandem.domain.document.Chunk;
import dev.tandem.domain.document.Document;
import dev.tandem.index.IndexEntry;
import dev.tandem.index.Shape;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.document.BinaryDocValuesField;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.IndexableField;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/** A document as Lucene stores it: first its chunks, then the document itself. */
public final class DocumentBlock {

    /** Counted for BM25: the texts themselves are read from the rows. */
    private static final FieldType WORDS = type(IndexOptions.DOCS_AND_FREQS, true);

    /** A long text is not worth less for its length where a word's spelling or a phrase is asked for. */
    private static final FieldType SPELLING = type(IndexOptions.DOCS_AND_FREQS_AND_POSITIONS, false);

    /**
     * Title and content count as one text in which the title stands so many times: BM25F (Robertson, Zaragoza and Taylor 2004). Written like that, it is the
     * BM25 of one field, whose best blocks Lucene finds without reading the others. Adding up the scores of two fields instead rewards words for
     * being in a title twice over: it ranks worse the more the title counts.
     */
    private static final int TITLE_WEIGHT = 2;

    private static FieldType type(IndexOptions options, boolean countsLength) {
        FieldType type = new FieldType();
        type.setTokenized(true);
        type.setIndexOptions(options);
        type.setOmitNorms(!countsLength);
        type.freeze();
        return type;
    }

    private DocumentBlock() {}

    public static List<List<IndexableField>> of(IndexEntry entry, Shape shape) {
        VectorSpace space = new VectorSpace(shape);
        BytesRef id = Fields.bytes(entry.document().id());
        List<List<IndexableField>> block = new ArrayList<>();
        for (Chunk chunk : entry.chunks()) {
            if (space.takes(chunk.vector())) {
                block.add(passage(id, chunk, space.stored(chunk.vector()), shape));
            }
        }
        block.add(document(id, entry));
        return block;
    }

    private static List<IndexableField> passage(BytesRef id, Chunk chunk, float[] vector, Shape shape) {
        return List.of(
                new StringField(Fields.BLOCK, id, Field.Store.NO),
                new NumericDocValuesField(Fields.ORDINAL, chunk.ordinal()),
                new KnnFloatVectorField(Fields.VECTOR, vector, VectorSpace.function(shape.metric())));
    }

    private static List<IndexableField> document(BytesRef id, IndexEntry entry) {
        Document document = entry.document();
        List<IndexableField> fields = new ArrayList<>();
        fields.add(new StringField(Fields.BLOCK, id, Field.Store.NO));
        fields.add(new BinaryDocValuesField(Fields.ID, id));
        fields.add(new NumericDocValuesField(Fields.STAMP, entry.stamp()));
        fields.add(new StringField(Fields.KIND, Fields.DOCUMENT, Field.Store.NO));
        addWords(fields, document.title(), TITLE_WEIGHT);
        addWords(fields, document.content(), 1);
        fields.addAll(MetadataFields.of(document));
        BytesRef objects = NestedObjects.of(document.metadata());
        if (objects != null) {
            fields.add(new BinaryDocValuesField(Fields.OBJECTS, objects));
        }
        return fields;
    }

    private static void addWords(List<IndexableField> fields, @Nullable String text, int times) {
        if (text != null) {
            for (int i = 0; i < times; i++) {
                fields.add(new Field(Fields.WORDS, text, WORDS));
            }
            fields.add(new Field(Fields.SPELLING, text, SPELLING));
        }
    }
}
