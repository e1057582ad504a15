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
 * Lucene's own codec, with vectors kept in 8 bits a dimension beside the full ones: the graph is searched in a quarter of the memory, and
 * what is found is compared in full precision.
 *
 * <p>It bears the names of what it wraps, so that any Lucene reads what it has written.
 */
final class QuantizedCodec extends FilterCodec {

    /**
     * Segments of up to about 5,000 vectors (as many as this times their logarithm) are searched one vector after the other: that takes
     * a fraction of a millisecond, and the first merges, which are the most by far, have no graph to build.
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

    /** Lucene stops at 1,024 dimensions out of caution, not of necessity; embedding models go beyond. */
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
