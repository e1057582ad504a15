package dev.tandem.index.lucene.query;

import dev.tandem.index.lucene.shape.Fields;
import dev.tandem.work.Stop;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.AcceptDocs;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.KnnCollector;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.ScorerSupplier;
import org.apache.lucene.search.VectorScorer;
import org.apache.lucene.search.Weight;
import org.apache.lucene.search.join.BitSetProducer;
import org.apache.lucene.search.join.DiversifyingNearestChildrenKnnCollectorManager;
import org.apache.lucene.search.knn.KnnSearchStrategy;
import org.jspecify.annotations.Nullable;

/**
 * Asks each segment for the chunks of different documents that are nearest to a vector, in low precision.
 *
 * <p>A segment is first asked for its share of them and some more. If even the last of these is good enough, because many of the nearest were
 * written at the same time, it is asked again for all.
 */
final class GraphSearch {

    /** How far the number of the nearest that are in one segment may be above its share, in standard deviations. */
    private static final double SPREAD = 3;

    /** With fewer, a search may end before it has come near. */
    private static final int LEAST_EFFORT = 10;

    private static final Comparator<ScoreDoc> BEST_FIRST =
            Comparator.<ScoreDoc>comparingDouble(hit -> hit.score).reversed().thenComparingInt(hit -> hit.doc);

    private final IndexSearcher searcher;
    private final BitSetProducer documents;
    private final Stop stop;

    GraphSearch(IndexSearcher searcher, BitSetProducer documents, Stop stop) {
        this.searcher = searcher;
        this.documents = documents;
        this.stop = stop;
    }

    /**
     * Proposes chunks, best first: no more than one of each document, by their numbers in the whole index.
     *
     * @param passages the chunks that may be proposed, all of whole documents; null for all
     * @param limit how many are wanted; there may be fewer
     * @param effort how many the search keeps in sight, no fewer than the limit
     */
    List<ScoreDoc> nearest(float[] target, @Nullable Query passages, int limit, int effort) throws IOException {
        Weight weight = passages == null
                ? null
                : searcher.createWeight(searcher.rewrite(passages), ScoreMode.COMPLETE_NO_SCORES, 1);
        List<LeafReaderContext> leaves = searcher.getIndexReader().leaves();
        int[] efforts = new int[leaves.size()];
        List<ScoreDoc[]> found = new ArrayList<>();
        for (LeafReaderContext leaf : leaves) {
            int share = share(leaf, effort);
            efforts[leaf.ord] = share;
            found.add(in(leaf, target, weight, share));
        }
        if (leaves.size() > 1) {
            float enough = scoreOf(limit, best(found, limit));
            for (LeafReaderContext leaf : leaves) {
                ScoreDoc[] first = found.get(leaf.ord);
                boolean hasMore = first.length >= efforts[leaf.ord] && efforts[leaf.ord] < effort;
                if (hasMore && first[first.length - 1].score >= enough) {
                    found.set(leaf.ord, in(leaf, target, weight, effort));
                }
            }
        }
        return best(found, limit);
    }

    /** The score that a hit needs to be among the best. */
    private static float scoreOf(int limit, List<ScoreDoc> best) {
        return best.size() < limit ? Float.NEGATIVE_INFINITY : best.getLast().score;
    }

    private static List<ScoreDoc> best(List<ScoreDoc[]> found, int limit) {
        return found.stream()
                .flatMap(Arrays::stream)
                .sorted(BEST_FIRST)
                .limit(limit)
                .toList();
    }

    /** How many of the nearest are in a segment, if all segments have their share of them, and some more. */
    private int share(LeafReaderContext leaf, int effort) {
        double part =
                (double) leaf.reader().maxDoc() / searcher.getIndexReader().maxDoc();
        double share = effort * part;
        double most = share + SPREAD * Math.sqrt(share * (1 - part));
        return Math.min(effort, Math.max(LEAST_EFFORT, (int) Math.ceil(most)));
    }

    private ScoreDoc[] in(LeafReaderContext leaf, float[] target, @Nullable Weight weight, int effort)
            throws IOException {
        stop.check();
        LeafReader reader = leaf.reader();
        ScorerSupplier allowed = weight == null ? null : weight.scorerSupplier(leaf);
        if (weight != null && allowed == null) {
            return new ScoreDoc[0];
        }
        AcceptDocs accepted = allowed == null
                ? AcceptDocs.fromLiveDocs(reader.getLiveDocs(), reader.maxDoc())
                : AcceptDocs.fromIteratorSupplier(
                        () -> Objects.requireNonNull(allowed.get(Long.MAX_VALUE))
                                .iterator(),
                        reader.getLiveDocs(),
                        reader.maxDoc());
        // Where the graph would visit more chunks than there are to be compared, comparing all is better.
        int limit = allowed == null ? Integer.MAX_VALUE : accepted.cost();
        KnnCollector collector = collector(leaf, effort, limit == Integer.MAX_VALUE ? limit : limit + 1);
        if (collector == null) {
            return new ScoreDoc[0];
        }
        if (limit > effort) {
            reader.searchNearestVectors(Fields.VECTOR, target, collector, accepted);
            stop.check();
            if (!collector.earlyTerminated()) {
                return shifted(leaf, collector);
            }
        }
        return compared(leaf, target, accepted, effort);
    }

    private ScoreDoc[] compared(LeafReaderContext leaf, float[] target, AcceptDocs accepted, int effort)
            throws IOException {
        FloatVectorValues values = leaf.reader().getFloatVectorValues(Fields.VECTOR);
        KnnCollector collector = collector(leaf, effort, Integer.MAX_VALUE);
        if (values == null || collector == null) {
            return new ScoreDoc[0];
        }
        VectorScorer scorer = values.scorer(target);
        DocIdSetIterator vectors = scorer.iterator();
        DocIdSetIterator passages = accepted.iterator();
        int passage = passages.nextDoc();
        while (passage != DocIdSetIterator.NO_MORE_DOCS) {
            stop.check();
            int at = vectors.docID() < passage ? vectors.advance(passage) : vectors.docID();
            if (at == passage) {
                collector.collect(passage, scorer.score());
                passage = passages.nextDoc();
            } else {
                passage = at == DocIdSetIterator.NO_MORE_DOCS ? at : passages.advance(at);
            }
        }
        return shifted(leaf, collector);
    }

    /** Null if the segment has no documents. */
    private @Nullable KnnCollector collector(LeafReaderContext leaf, int effort, int visits) throws IOException {
        KnnCollector collector = new DiversifyingNearestChildrenKnnCollectorManager(effort, documents, searcher)
                .newCollector(visits, KnnSearchStrategy.Hnsw.DEFAULT, leaf);
        return collector == null ? null : new Stoppable(collector);
    }

    private static ScoreDoc[] shifted(LeafReaderContext leaf, KnnCollector collector) {
        ScoreDoc[] hits = collector.topDocs().scoreDocs;
        for (ScoreDoc hit : hits) {
            hit.doc += leaf.docBase;
        }
        return hits;
    }

    /** Ends a search that nobody waits for. */
    private final class Stoppable extends KnnCollector.Decorator {

        Stoppable(KnnCollector collector) {
            super(collector);
        }

        @Override
        public boolean earlyTerminated() {
            return stop.isAsked() || super.earlyTerminated();
        }
    }
}
