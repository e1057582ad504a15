package dev.tandem.service.search;

import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.embedding.Vector;
import dev.tandem.domain.embedding.VectorSet;
import dev.tandem.domain.search.Candidates;
import dev.tandem.domain.search.Fusion;
import dev.tandem.domain.search.Ranking;
import dev.tandem.domain.search.Rerank;
import dev.tandem.domain.search.SearchQuery;
import dev.tandem.index.CandidateQuery;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A query that is ready for the index.
 *
 * @param set whose index is asked
 * @param vector the query's vector, which fits the set; null for a keyword search
 */
record SearchPlan(
        Collection owner,
        VectorSet set,
        SearchQuery query,
        @Nullable Vector vector) {

    /** The plan for the hits that a reranker is to order. */
    SearchPlan forReranking(Rerank wanted) {
        return new SearchPlan(owner, set, query.forReranking(wanted), vector);
    }

    /** The query for the index. */
    CandidateQuery candidates(int width) {
        return new CandidateQuery(
                query.mode().usesWords() ? query.text() : null,
                vector,
                query.demands(),
                query.filter(),
                width,
                query.effort());
    }

    /**
     * The ranking that the query makes from the index's candidates.
     *
     * @param width how many of each kind it was asked for
     */
    List<Ranking> rank(Candidates candidates, int width) {
        Double least = query.minSimilarity();
        Candidates alike = least == null ? candidates : candidates.withSimilarityOf(least);
        return switch (query.mode()) {
            case KEYWORD -> Fusion.byWords(alike);
            case VECTOR -> Fusion.byVector(alike);
            case HYBRID -> query.fusion().fuse(alike, width);
        };
    }
}
