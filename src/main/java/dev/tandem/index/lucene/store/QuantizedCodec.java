package dev.tandem.index.lucene.store;

import static org.apache.lucene.codecs.lucene99.Lucene99HnswVectorsFormat.DEFAULT_BEAM_WIDTH;
import static org.apache.lucene.codecs.lucene99.Lucene99HnswVectorsFormat.DEFAULT_MAX_CONN;

import java.io.IOException;
import org.apache.lucene.codecs.Codec;
import org.apache.lucene.codecs.FilterCodec;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.KnnVectorsReader;
import org.apache.lucene.codecs.KnnVectorsWriter;
import org.apache.lucene.codecs.lucene104.Lucene104HnswScalarQuantizedVectorsFormat;
import org.apache.lucene.codecs.perfield.PerFieldKnnVectorsFormat;
import org.apache.lucene.index.SegmentReadState;
import org.apache.lucene.index.SegmentWriteState;
import org.apache.lucene.util.quantization.QuantizedByteVectorValues.ScalarEncoding;

/**
 * Lucene's own codec, which also stores vectors with 8 bits a dimension beside the full ones. The graph search then needs a quarter of the
 * memory, and its results are compared in full precision.
 *
 * <p>It has the names of the formats that it wraps, so that any Lucene can read what it has written.
 */
final class QuantizedCodec extends FilterCodec {

    /**
     * Segments of up to about 5,000 vectors (this value times their logarithm) have no graph and are searched one vector after the other.
     * That takes a fraction of a millisecond, and the first merges, by far the most frequent, do not have to build a graph.
     */
    private static final int GRAPH_THRESHOLD = 600;

    private final KnnVectorsFormat vectors = new PerFieldKnnVectorsFormat() {
        private final KnnVectorsFormat format = new Unlimited(new Lucene104HnswScalarQuantizedVectorsFormat(
                ScalarEncoding.UNSIGNED_BYTE, DEFAULT_MAX_CONN, DEFAULT_BEAM_WIDTH, 1, null, GRAPH_THRESHOLD));

        @Override
        public KnnVectorsFormat getKnnVectorsFormatForField(String field) {
            return format;
        }
    };

    QuantizedCodec() {
        super(Codec.getDefault().getName(), Codec.getDefault());
    }

    @Override
    public KnnVectorsFormat knnVectorsFormat() {
        return vectors;
    }

    /** Lucene's limit of 1,024 dimensions is a precaution, not a necessity; embedding models exceed it. */
    private static final class Unlimited extends KnnVectorsFormat {

        private static final int MAX_DIMENSIONS = 16_384;

        private final KnnVectorsFormat format;

        Unlimited(KnnVectorsFormat format) {
            super(format.getName());
            this.format = format;
        }

        @Override
        public KnnVectorsWriter fieldsWriter(SegmentWriteState state) throws IOException {
            return format.fieldsWriter(state);
        }

        @Override
        public KnnVectorsReader fieldsReader(SegmentReadState state) throws IOException {
            return format.fieldsReader(state);
        }

        @Override
        public int getMaxDimensions(String field) {
            return MAX_DIMENSIONS;
        }
    }
}
