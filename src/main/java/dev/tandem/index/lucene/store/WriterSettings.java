package dev.tandem.index.lucene.store;

import dev.tandem.domain.collection.Language;
import dev.tandem.index.Shape;
import dev.tandem.index.lucene.merge.IndexMerges;
import dev.tandem.index.lucene.shape.Fields;
import dev.tandem.index.text.Analyzers;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.miscellaneous.PerFieldAnalyzerWrapper;
import org.apache.lucene.index.ConcurrentMergeScheduler;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.MergePolicy;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.store.Directory;

/**
 * How indexes are written.
 *
 * @param disk a layer between Lucene and an index's files; production has none
 * @param merging counts the merges that are running
 */
public record WriterSettings(int ramBufferMb, UnaryOperator<Directory> disk, AtomicInteger merging) {

    IndexWriterConfig toLucene(Shape shape, IndexMerges merges) {
        return new IndexWriterConfig(analyzer(shape.language()))
                .setCodec(new QuantizedCodec())
                .setSimilarity(new BM25Similarity())
                .setMergePolicy(merges)
                .setMergeScheduler(new Merges(merging))
                .setRAMBufferSizeMB(ramBufferMb)
                .setCommitOnClose(false);
    }

    private static Analyzer analyzer(Language language) {
        return new PerFieldAnalyzerWrapper(
                Analyzers.words(language), Map.of(Fields.SPELLING, Analyzers.looseSpelling(language)));
    }

    /** Merges in the background. A merge that fails closes the writer, whose next use reports the reason; nothing more has to be done. */
    private static final class Merges extends ConcurrentMergeScheduler {

        private final AtomicInteger running;

        private Merges(AtomicInteger running) {
            this.running = running;
        }

        @Override
        protected void doMerge(MergeSource source, MergePolicy.OneMerge merge) throws IOException {
            running.incrementAndGet();
            try {
                super.doMerge(source, merge);
            } finally {
                running.decrementAndGet();
            }
        }

        /** Behind the requests, as all writing of indexes is. */
        @Override
        protected synchronized MergeThread getMergeThread(MergeSource source, MergePolicy.OneMerge merge)
                throws IOException {
            MergeThread thread = super.getMergeThread(source, merge);
            thread.setPriority(Thread.MIN_PRIORITY);
            return thread;
        }

        @Override
        protected void handleMergeException(Throwable failure) {}
    }
}
