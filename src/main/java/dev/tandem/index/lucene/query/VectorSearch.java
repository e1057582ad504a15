package dev.tandem.index.lucene.query;

import dev.tandem.domain.search.VectorMatch;
import dev.tandem.index.lucene.shape.Fields;
import dev.tandem.index.lucene.shape.VectorSpace;
import dev.tandem.work.Stop;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.join.BitSetProducer;
import org.apache.lucene.search.join.ToChildBlockJoinQuery;
import org.jspecify.annotations.Nullable;

/**
 * Finds the documents whose best chunk is nearest to a vector. The graph is searched in low precision, with the filter inside, and proposes
 * more documents than are asked for. Their chunks are then compared in full precision.
 */
final class VectorSearch {

    private static final Comparator<Nearest> BEST_FIRST =
            Comparator.comparingDouble(Nearest::similarity).reversed().thenComparingInt(Nearest::document);

    /** The low precision swaps neighbours, so more than are asked for are compared in full precision. */
    private static final int LEAST_MORE = 15;

    private static final int MOST_MORE = 200;

    /** So many chunks need this effort to find 98 of 100 of the ten nearest. It grows with a power of their number, as measured up to a million. */
    private static final double REFERENCE_CHUNKS = 10_000;

    private static final int REFERENCE_EFFORT = 80;
    private static final double GROWTH = 0.46;
    private static final int LEAST_EFFORT = 40;
    private static final int MOST_EFFORT = 1_000;

    private final IndexSearcher searcher;
    private final BitSetProducer documents;
    private final VectorSpace space;
    private final Stop stop;
    private final GraphSearch graph;

    VectorSearch(IndexSearcher searcher, BitSetProducer documents, VectorSpace space, Stop stop) {
        this.searcher = searcher;
        this.documents = documents;
        this.space = space;
        this.stop = stop;
        this.graph = new GraphSearch(searcher, documents, stop);
    }

    /**
     * @param allowed matches the documents that may be found; null for all
     * @param effort how many the search of the graph keeps in sight; null for as many as it usually needs
     */
    List<VectorMatch> nearest(float[] target, @Nullable Query allowed, int limit, @Nullable Integer effort)
            throws IOException {
        Query passages = allowed == null ? null : new ToChildBlockJoinQuery(allowed, documents);
        int compared = limit + Math.clamp(limit / 2, LEAST_MORE, MOST_MORE);
        int inSight = Math.max(compared, effort == null ? usualEffort(limit) : effort);
        List<ScoreDoc> proposed = graph.nearest(target, passages, compared, inSight);
        List<Nearest> found = rescored(
                target, proposed.stream().mapToInt(hit -> hit.doc).sorted().toArray());
        if (found.size() < limit) {
            // Either there are no more documents, and comparing each one costs little, or parts of the graph cannot
            // be reached.
            found = new PassageScan(searcher, documents, space, stop).all(target, passages);
        }
        found.sort(BEST_FIRST);
        DocumentIds ids = new DocumentIds(searcher);
        List<VectorMatch> matches = new ArrayList<>();
        for (Nearest nearest : found.subList(0, Math.min(limit, found.size()))) {
            matches.add(new VectorMatch(
                    ids.at(nearest.document()), nearest.similarity(), nearest.ordinal(), nearest.chunks()));
        }
        return matches;
    }

    /** Larger graphs need more for the same recall. */
    private int usualEffort(int limit) throws IOException {
        double bySize = REFERENCE_EFFORT * Math.pow(chunks() / REFERENCE_CHUNKS, GROWTH);
        return Math.max(Math.clamp((long) bySize, LEAST_EFFORT, MOST_EFFORT), Math.min(3 * limit, limit + 1_000));
    }

    private int chunks() throws IOException {
        int chunks = 0;
        for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
            FloatVectorValues vectors = leaf.reader().getFloatVectorValues(Fields.VECTOR);
            chunks += vectors == null ? 0 : vectors.size();
        }
        return chunks;
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
