package dev.tandem.index.lucene.query;

import dev.tandem.index.lucene.shape.Fields;
import dev.tandem.index.lucene.shape.VectorSpace;
import java.io.IOException;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.KnnVectorValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.search.join.BitSetProducer;
import org.apache.lucene.util.BitSet;
import org.jspecify.annotations.Nullable;

/** Compares the chunks of one segment with a vector in full precision. Reads forward only. */
final class PassageReader {

    /** A document with more chunks than this is represented by the chunk that the graph proposed. */
    private static final int MAX_SIBLINGS = 64;

    private final LeafReaderContext leaf;
    private final VectorSpace space;
    private final BitSet documents;
    private final FloatVectorValues vectors;
    private final KnnVectorValues.DocIndexIterator position;
    private final NumericDocValues ordinals;

    private PassageReader(LeafReaderContext leaf, VectorSpace space, BitSet documents, FloatVectorValues vectors)
            throws IOException {
        this.leaf = leaf;
        this.space = space;
        this.documents = documents;
        this.vectors = vectors;
        this.position = vectors.iterator();
        this.ordinals = DocValues.getNumeric(leaf.reader(), Fields.ORDINAL);
    }

    /** Null if the segment has no chunks. */
    static @Nullable PassageReader of(LeafReaderContext leaf, BitSetProducer documents, VectorSpace space)
            throws IOException {
        FloatVectorValues vectors = leaf.reader().getFloatVectorValues(Fields.VECTOR);
        BitSet bits = documents.getBitSet(leaf);
        return vectors == null || bits == null ? null : new PassageReader(leaf, space, bits, vectors);
    }

    LeafReaderContext leaf() {
        return leaf;
    }

    /** The number, within the segment, of the document that the chunk belongs to. */
    int documentOf(int passage) {
        return documents.nextSetBit(passage);
    }

    /** The best chunk of the document that this chunk belongs to. */
    Nearest best(float[] target, int passage) throws IOException {
        return best(target, firstSibling(passage), documentOf(passage));
    }

    /** The same, but a document with very many chunks is represented by this one alone. */
    Nearest bestOfSome(float[] target, int passage) throws IOException {
        int document = documentOf(passage);
        int first = firstSibling(passage);
        return document - first > MAX_SIBLINGS ? best(target, passage, passage + 1) : best(target, first, document);
    }

    private int firstSibling(int passage) {
        return passage == 0 ? 0 : documents.prevSetBit(passage - 1) + 1;
    }

    private Nearest best(float[] target, int first, int end) throws IOException {
        double best = Double.NEGATIVE_INFINITY;
        int bestPassage = first;
        int passage = position.docID() < first ? position.advance(first) : position.docID();
        for (; passage < end; passage = position.nextDoc()) {
            double similarity = space.similarity(target, vectors.vectorValue(position.index()));
            if (similarity > best) {
                best = similarity;
                bestPassage = passage;
            }
        }
        int document = documentOf(bestPassage);
        int chunks = document - firstSibling(bestPassage);
        return new Nearest(leaf.docBase + document, best, ordinal(bestPassage), chunks);
    }

    private int ordinal(int passage) throws IOException {
        return ordinals.advanceExact(passage) ? (int) ordinals.longValue() : 0;
    }
}
