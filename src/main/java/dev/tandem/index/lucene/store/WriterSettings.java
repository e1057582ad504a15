package dev.tandem.index.lucene.store;

import dev.tandem.index.Shape;
import dev.tandem.index.text.Analyzers;
import java.util.function.UnaryOperator;
import org.apache.lucene.index.ConcurrentMergeScheduler;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.MergePolicy;
import org.apache.lucene.index.TieredMergePolicy;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.store.Directory;

/**
 * How indexes are written.
 *
 * @param disk what stands between Lucene and an index's files: in production nothing does
 */
public record WriterSettings(int ramBufferMb, UnaryOperator<Directory> disk) {

    private static final double FLOOR_MB = 8;

    private static final double LARGEST_COMPOUND_MB = 4;

    IndexWriterConfig toLucene(Shape shape) {
        return new IndexWriterConfig(Analyzers.of(shape.language()))
                .setCodec(new QuantizedCodec())
                .setSimilarity(new BM25Similarity())
                .setMergePolicy(merges())
                .setMergeScheduler(new Merges())
                .setRAMBufferSizeMB(ramBufferMb)
                .setCommitOnClose(false);
    }

    /** Small segments are one file each, or there would be too many. In large ones, full vectors stand alone: {@link IndexDirectory}. */
    private static MergePolicy merges() {
        TieredMergePolicy merges = new TieredMergePolicy();
        merges.setFloorSegmentMB(FLOOR_MB);
        merges.setMaxCFSSegmentSizeMB(LARGEST_COMPOUND_MB);
        return merges;
    }

    /** Merges in the background. One that fails closes the writer, which tells the reason at its next use: that is enough. */
    private static final class Merges extends ConcurrentMergeScheduler {
        @Override
        protected void handleMergeException(Throwable failure) {}
    }
}
