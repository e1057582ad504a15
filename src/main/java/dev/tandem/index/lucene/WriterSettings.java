package dev.tandem.index.lucene;

import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.search.similarities.BM25Similarity;

/** How indexes are written. */
record WriterSettings(int ramBufferMb) {

    IndexWriterConfig toLucene(Fingerprint fingerprint) {
        return new IndexWriterConfig(Analyzers.of(fingerprint.language()))
                .setCodec(new QuantizedCodec())
                .setSimilarity(new BM25Similarity())
                .setRAMBufferSizeMB(ramBufferMb)
                .setCommitOnClose(false);
    }
}
