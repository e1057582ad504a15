package dev.tandem.index.lucene.query;

import dev.tandem.domain.search.VectorMatch;
import dev.tandem.index.lucene.shape.Fields;
import dev.tandem.index.lucene.shape.VectorSpace;
import dev.tandem.work.Stop;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.join.BitSetProducer;
import org.apache.lucene.search.join.DiversifyingChildrenFloatKnnVectorQuery;
import org.apache.lucene.search.join.ToChildBlockJoinQuery;
import org.jspecify.annotations.Nullable;

/**
 * Finds the documents whose best chunk is nearest to a vector. The graph is searched in low precision, with the filter inside, and proposes
 * more documents than are asked for. Their chunks are then compared in full precision.
 */
final class VectorSearch {

    private static final Comparator<Nearest> BEST_FIRST =
            Comparator.comparingDouble(Nearest::similarity).reversed().thenComparingInt(Nearest::document);

    private final IndexSearcher searcher;
    private final BitSetProducer documents;
    private final VectorSpace space;
    private final Stop stop;

    VectorSearch(IndexSearcher searcher, BitSetProducer documents, VectorSpace space, Stop stop) {
        this.searcher = searcher;
        this.documents = documents;
        this.space = space;
        this.stop = stop;
    }

    /** @param allowed matches the documents that may be found; null for all */
    List<VectorMatch> nearest(float[] target, @Nullable Query allowed, int limit) throws IOException {
        Query passages = allowed == null ? null : new ToChildBlockJoinQuery(allowed, documents);
        List<Nearest> found = rescored(target, proposed(target, passages, limit));
        if (found.size() < limit) {
            // Either there are no more documents, and comparing each one costs little, or parts of the graph cannot
            // be reached.
            found = new PassageScan(searcher, documents, space, stop).all(target, passages);
        }
        found.sort(BEST_FIRST);
        DocumentIds ids = new DocumentIds(searcher);
        List<VectorMatch> matches = new ArrayList<>();
        for (Nearest nearest : found.subList(0, Math.min(limit, found.size()))) {
            matches.add(new VectorMatch(ids.at(nearest.document()), nearest.similarity(), nearest.ordinal()));
        }
        return matches;
    }

    private int[] proposed(float[] target, @Nullable Query passages, int limit) throws IOException {
        int more = limit + Math.clamp(limit / 2, 50, 200);
        Query query = new DiversifyingChildrenFloatKnnVectorQuery(Fields.VECTOR, target, passages, more, documents);
        ScoreDoc[] hits = searcher.search(query, more).scoreDocs;
        return Arrays.stream(hits).mapToInt(hit -> hit.doc).sorted().toArray();
    }

    private List<Nearest> rescored(float[] target, int[] passages) throws IOException {
        List<LeafReaderContext> leaves = searcher.getIndexReader().leaves();
        List<Nearest> rescored = new ArrayList<>();
        PassageReader reader = null;
        for (int passage : passages) {
            stop.check();
            LeafReaderContext leaf = leaves.get(ReaderUtil.subIndex(passage, leaves));
            if (reader == null || reader.leaf() != leaf) {
                reader = PassageReader.of(leaf, documents, space);
            }
            if (reader != null) {
                rescored.add(reader.bestOfSome(target, passage - leaf.docBase));
            }
        }
        return rescored;
    }
}
