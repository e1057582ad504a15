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

/** Which documents Lucene's numbers stand for. */
final class DocumentIds {

    private final List<LeafReaderContext> leaves;

    DocumentIds(IndexSearcher searcher) {
        this.leaves = searcher.getIndexReader().leaves();
    }

    /** @param number of a document in the whole index, not of a passage */
    UUID at(int number) throws IOException {
        LeafReaderContext leaf = leaves.get(ReaderUtil.subIndex(number, leaves));
        BinaryDocValues ids = DocValues.getBinary(leaf.reader(), Fields.ID);
        if (!ids.advanceExact(number - leaf.docBase)) {
            throw new IOException("A document in the index has no id.");
        }
        return Fields.uuid(ids.binaryValue());
    }
}
