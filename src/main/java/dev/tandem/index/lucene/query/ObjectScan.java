package dev.tandem.index.lucene.query;

import dev.tandem.domain.metadata.Element;
import dev.tandem.domain.metadata.Filter;
import dev.tandem.index.lucene.shape.Fields;
import dev.tandem.index.lucene.shape.NestedObjects;
import dev.tandem.work.Stop;
import java.io.IOException;
import java.util.Objects;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.ConstantScoreScorer;
import org.apache.lucene.search.ConstantScoreWeight;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.QueryVisitor;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.ScorerSupplier;
import org.apache.lucene.search.TwoPhaseIterator;
import org.apache.lucene.search.Weight;
import org.jspecify.annotations.Nullable;

/**
 * Matches documents that have an object for which a condition holds. Terms and points do not say of which object they are, and not how far a
 * place is from another, so the objects themselves are read of each document whose terms and points allow it.
 */
final class ObjectScan extends Query {

    /** In comparisons of numbers: JSON has to be read. */
    private static final float COST = 1_000;

    private final Query likely;
    private final Filter filter;
    /** Not a part of what the query is: two that differ in this alone are equal. */
    private final Stop stop;

    /**
     * @param likely matches at least the documents that the filter matches
     * @param filter is about nothing but objects
     */
    ObjectScan(Query likely, Filter filter, Stop stop) {
        this.likely = likely;
        this.filter = filter;
        this.stop = stop;
    }

    @Override
    public Weight createWeight(IndexSearcher searcher, ScoreMode scoreMode, float boost) throws IOException {
        Weight candidates = searcher.createWeight(searcher.rewrite(likely), ScoreMode.COMPLETE_NO_SCORES, boost);
        return new ConstantScoreWeight(this, boost) {
            @Override
            public @Nullable ScorerSupplier scorerSupplier(LeafReaderContext segment) throws IOException {
                ScorerSupplier inSegment = candidates.scorerSupplier(segment);
                return inSegment == null ? null : new Supplier(inSegment, segment, scoreMode, score());
            }

            @Override
            public boolean isCacheable(LeafReaderContext segment) {
                return false;
            }
        };
    }

    private final class Supplier extends ScorerSupplier {

        private final ScorerSupplier candidates;
        private final LeafReaderContext segment;
        private final ScoreMode scoreMode;
        private final float score;

        Supplier(ScorerSupplier candidates, LeafReaderContext segment, ScoreMode scoreMode, float score) {
            this.candidates = candidates;
            this.segment = segment;
            this.scoreMode = scoreMode;
            this.score = score;
        }

        @Override
        public Scorer get(long leadCost) throws IOException {
            DocIdSetIterator documents = candidates.get(leadCost).iterator();
            BinaryDocValues objects = DocValues.getBinary(segment.reader(), Fields.OBJECTS);
            return new ConstantScoreScorer(score, scoreMode, new TwoPhaseIterator(documents) {
                @Override
                public boolean matches() throws IOException {
                    stop.check();
                    return objects.advanceExact(documents.docID())
                            && filter.matches(new Element(NestedObjects.read(objects.binaryValue())));
                }

                @Override
                public float matchCost() {
                    return COST;
                }
            });
        }

        @Override
        public long cost() {
            return candidates.cost();
        }
    }

    @Override
    public void visit(QueryVisitor visitor) {
        visitor.visitLeaf(this);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ObjectScan scan && filter.equals(scan.filter);
    }

    @Override
    public int hashCode() {
        return Objects.hash(ObjectScan.class, filter);
    }

    @Override
    public String toString(String field) {
        return "ObjectScan[" + filter + "]";
    }
}
