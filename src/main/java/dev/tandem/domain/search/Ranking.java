package dev.tandem.domain.search;

import java.util.Comparator;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Why a document has its place in the results. Every score keeps its own name.
 *
 * @param score what the search orders hits by, comparable within one answer only
 * @param keyword null if the keyword search did not find it
 * @param vector null if the vector search did not find it
 * @param reranked null if no reranker has seen it
 * @param diversified null if no diversity was wanted, or it was not among those that take part
 */
public record Ranking(
        UUID documentId,
        double score,
        @Nullable KeywordMatch keyword,
        @Nullable Place keywordPlace,
        @Nullable VectorMatch vector,
        @Nullable Place vectorPlace,
        @Nullable Reranked reranked,
        @Nullable Diversified diversified) {

    /**
     * A place in one of the lists.
     *
     * @param rank from 1
     * @param contribution what it adds to the document's score
     */
    public record Place(int rank, double contribution) {}

    /**
     * What a reranker made of it.
     *
     * @param score the higher, the better the document answers the query; comparable within one answer only
     * @param rankBefore its place among the hits of the search, from 1
     */
    public record Reranked(double score, int rankBefore) {}

    /**
     * Why it has its place among hits that are to differ.
     *
     * @param relevance its score, scaled so that the best has 1 and the last 0
     * @param similarity to the most similar hit before it, from 0 to 1
     * @param rankBefore its place among those that take part, from 1
     */
    public record Diversified(double relevance, double similarity, int rankBefore) {}

    /** Of a search alone. */
    public Ranking(
            UUID documentId,
            double score,
            @Nullable KeywordMatch keyword,
            @Nullable Place keywordPlace,
            @Nullable VectorMatch vector,
            @Nullable Place vectorPlace) {
        this(documentId, score, keyword, keywordPlace, vector, vectorPlace, null, null);
    }

    public Ranking with(Reranked other) {
        return new Ranking(documentId, score, keyword, keywordPlace, vector, vectorPlace, other, diversified);
    }

    public Ranking with(Diversified other) {
        return new Ranking(documentId, score, keyword, keywordPlace, vector, vectorPlace, reranked, other);
    }

    /** Best first. Equal scores are ordered by id, so that the same query gives the same order. */
    static final Comparator<Ranking> BEST_FIRST =
            Comparator.comparingDouble(Ranking::score).reversed().thenComparing(Ranking::documentId);
}
