package dev.tandem.index.lucene.shape;

import dev.tandem.domain.embedding.Metric;
import dev.tandem.domain.embedding.Vector;
import dev.tandem.index.Shape;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.util.VectorUtil;

/** How vectors are stored, and compared in full precision, for one {@link Shape}. */
public final class VectorSpace {

    private final Shape shape;

    public VectorSpace(Shape shape) {
        this.shape = shape;
    }

    /**
     * Whether the vector fits this space. A vector that does not fit was refused long before; if one appears all the same, the index must
     * not fail on it for ever.
     */
    public boolean takes(Vector vector) {
        return vector.dimensions() == shape.dimensions() && shape.metric().takes(vector);
    }

    /** How Lucene compares vectors. For cosine, they are stored with length 1. */
    public static VectorSimilarityFunction function(Metric metric) {
        return switch (metric) {
            case COSINE -> VectorSimilarityFunction.DOT_PRODUCT;
            case DOT -> VectorSimilarityFunction.MAXIMUM_INNER_PRODUCT;
            case EUCLIDEAN -> VectorSimilarityFunction.EUCLIDEAN;
        };
    }

    public float[] stored(Vector vector) {
        return switch (shape.metric()) {
            case COSINE -> vector.normalized().toArray();
            case DOT, EUCLIDEAN -> vector.toArray();
        };
    }

    /** The metric's similarity of two stored vectors. */
    public double similarity(float[] a, float[] b) {
        return switch (shape.metric()) {
            case COSINE -> Math.clamp(VectorUtil.dotProduct(a, b), -1.0, 1.0);
            case DOT -> VectorUtil.dotProduct(a, b);
            case EUCLIDEAN -> 1 / (1 + (double) VectorUtil.squareDistance(a, b));
        };
    }
}
