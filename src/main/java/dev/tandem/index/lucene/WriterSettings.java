package dev.tandem.index.lucene;

import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.MergePolicy;
import org.apache.lucene.index.TieredMergePolicy;
import org.apache.lucene.search.similarities.BM25Similarity;

/** How indexes are written. */
record WriterSettings(int ramBufferMb) {

    private static final double FLOOR_MB = 8;

    private static final double LARGEST_COMPOUND_MB = 4;

    IndexWriterConfig toLucene(Fingerprint fingerprint) {
        return new IndexWriterConfig(Analyzers.of(fingerprint.language()))
                .setCodec(new QuantizedCodec())
                .setSimilarity(new BM25Similarity())
                .setMergePolicy(merges())
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
}
