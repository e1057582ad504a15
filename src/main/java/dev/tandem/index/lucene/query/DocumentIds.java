package dev.tandem.index.lucene.query;

import dev.tandem.index.lucene.shape.Fields;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.search.IndexSearcher;

/** Maps Lucene's document numbers to the ids of documents. */
final class DocumentIds {

    private final List<LeafReaderContext> leaves;

    DocumentIds(IndexSearcher searcher) {
        this.leaves = searcher.getIndexReader().leaves();
    }

    /** @param number the number of a document, not of a chunk, in the whole index */
    UUID at(int number) throws IOException {
        LeafReaderContext leaf = leaves.get(ReaderUtil.subIndex(number, leaves));
        BinaryDocValues ids = DocValues.getBinary(leaf.reader(), Fields.ID);
        if (!ids.advanceExact(number - leaf.docBase)) {
            throw new IOException("A document in the index has no id.");
        }
        return Fields.uuid(ids.binaryValue());
    }
}
