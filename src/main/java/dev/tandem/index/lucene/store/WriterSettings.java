package dev.tandem.index.lucene.store;

import dev.tandem.domain.collection.Language;
import dev.tandem.index.Shape;
import dev.tandem.index.lucene.shape.Fields;
import dev.tandem.index.text.Analyzers;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.miscellaneous.PerFieldAnalyzerWrapper;
import org.apache.lucene.index.ConcurrentMergeScheduler;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.MergePolicy;
import org.apache.lucene.index.TieredMergePolicy;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.store.Directory;

/**
 * How indexes are written.
 *
 * @param disk a layer between Lucene and an index's files; production has none
 */
public record WriterSettings(int ramBufferMb, UnaryOperator<Directory> disk) {

    private static final double FLOOR_MB = 8;

    private static final double LARGEST_COMPOUND_MB = 4;

    IndexWriterConfig toLucene(Shape shape) {
        return new IndexWriterConfig(analyzer(shape.language()))
                .setCodec(new QuantizedCodec())
                .setSimilarity(new BM25Similarity())
                .setMergePolicy(merges())
                .setMergeScheduler(new Merges())
                .setRAMBufferSizeMB(ramBufferMb)
                .setCommitOnClose(false);
    }

    private static Analyzer analyzer(Language language) {
        return new PerFieldAnalyzerWrapper(
                Analyzers.words(language), Map.of(Fields.SPELLING, Analyzers.spelling(language)));
    }

    /**
     * A small segment is one file, because otherwise there would be too many files. In large segments, the full vectors have their own
     * file: see {@link IndexDirectory}.
     */
    private static MergePolicy merges() {
        TieredMergePolicy merges = new TieredMergePolicy();
        merges.setFloorSegmentMB(FLOOR_MB);
        merges.setMaxCFSSegmentSizeMB(LARGEST_COMPOUND_MB);
        return merges;
    }

    /** Merges in the background. A merge that fails closes the writer, whose next use reports the reason; nothing more has to be done. */
    private static final class Merges extends ConcurrentMergeScheduler {
        @Override
        protected void handleMergeException(Throwable failure) {}
    }
}
