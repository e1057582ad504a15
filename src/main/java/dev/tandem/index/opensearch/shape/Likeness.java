package dev.tandem.index.opensearch.shape;

import dev.tandem.domain.embedding.Metric;

/** How OpenSearch compares vectors, by its own names and scores. Scores are never negative. */
public final class Likeness {

    private Likeness() {}

    /** The name of the comparison. For the cosine, vectors are stored with length 1. */
    public static String space(Metric metric) {
        return switch (metric) {
            case COSINE -> "cosinesimil";
            case DOT -> "innerproduct";
            case EUCLIDEAN -> "l2";
        };
    }

    /** The metric's similarity, from the score that OpenSearch made of it. */
    public static double similarity(Metric metric, double score) {
        return switch (metric) {
            case COSINE -> Math.clamp(2 * score - 1, -1.0, 1.0);
            case DOT -> score >= 1 ? score - 1 : 1 - 1 / Math.max(score, Float.MIN_NORMAL);
            case EUCLIDEAN -> score;
        };
    }
}
