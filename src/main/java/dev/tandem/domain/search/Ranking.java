package dev.tandem.domain.search;

import java.util.Comparator;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Why a document has its place in the results. Every score keeps its own name.
 *
 * @param score what the hits are ordered by, comparable within one answer only
 * @param keyword null if the keyword search did not find it
 * @param vector null if the vector search did not find it
 */
public record Ranking(
        UUID documentId,
        double score,
        @Nullable KeywordMatch keyword,
        @Nullable Place keywordPlace,
        @Nullable VectorMatch vector,
        @Nullable Place vectorPlace) {

    /**
     * A place in one of the lists.
     *
     * @param rank from 1
     * @param contribution what it adds to the document's score
     */
    public record Place(int rank, double contribution) {}

    /** Best first. Equal scores are ordered by id, so that the same query gives the same order. */
    static final Comparator<Ranking> BEST_FIRST =
            Comparator.comparingDouble(Ranking::score).reversed().thenComparing(Ranking::documentId);
}
