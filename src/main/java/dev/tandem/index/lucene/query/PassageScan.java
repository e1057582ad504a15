package dev.tandem.index.lucene.query;

import dev.tandem.index.lucene.shape.Fields;
import dev.tandem.index.lucene.shape.VectorSpace;
import dev.tandem.work.Stop;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.FieldExistsQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.Weight;
import org.apache.lucene.search.join.BitSetProducer;
import org.apache.lucene.util.Bits;
import org.jspecify.annotations.Nullable;

/** Compares every chunk with a vector, without the graph. */
final class PassageScan {

    private final IndexSearcher searcher;
    private final BitSetProducer documents;
    private final VectorSpace space;
    private final Stop stop;

    PassageScan(IndexSearcher searcher, BitSetProducer documents, VectorSpace space, Stop stop) {
        this.searcher = searcher;
        this.documents = documents;
        this.space = space;
        this.stop = stop;
    }

    /**
     * Every document with at least one of these chunks, in no particular order.
     *
     * @param passages chunks of whole documents; null for all
     */
    List<Nearest> all(float[] target, @Nullable Query passages) throws IOException {
        Query query = passages == null ? new FieldExistsQuery(Fields.VECTOR) : passages;
        Weight weight = searcher.createWeight(searcher.rewrite(query), ScoreMode.COMPLETE_NO_SCORES, 1);
        List<Nearest> all = new ArrayList<>();
        for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
            PassageReader reader = PassageReader.of(leaf, documents, space);
            Scorer scorer = weight.scorer(leaf);
            if (reader != null && scorer != null) {
                addAll(all, target, reader, scorer.iterator());
            }
        }
        return all;
    }

    private void addAll(List<Nearest> all, float[] target, PassageReader reader, DocIdSetIterator passages)
            throws IOException {
        Bits live = reader.leaf().reader().getLiveDocs();
        int passage = passages.nextDoc();
        while (passage != DocIdSetIterator.NO_MORE_DOCS) {
            stop.check();
            int document = reader.documentOf(passage);
            if (live == null || live.get(document)) {
                all.add(reader.best(target, passage));
            }
            passage = passages.advance(document + 1);
        }
    }
}
