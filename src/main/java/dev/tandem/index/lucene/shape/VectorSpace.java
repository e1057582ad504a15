package dev.tandem.index.lucene.shape;

import dev.tandem.index.lucene.Fingerprint;

import dev.tandem.domain.embedding.Vector;
import org.apache.lucene.util.VectorUtil;

/** How vectors are stored, and compared in full precision, for one {@link Fingerprint}. */
public final class VectorSpace {

    private final Fingerprint fingerprint;

    public VectorSpace(Fingerprint fingerprint) {
        this.fingerprint = fingerprint;
    }

    /** Whether the vector has a place here. What doesn't was refused long before; an index must not stumble over it for ever. */
    public boolean takes(Vector vector) {
        boolean hasDirection = Double.isFinite(vector.length()) && vector.length() > 0;
        return vector.dimensions() == fingerprint.dimensions()
                && switch (fingerprint.metric()) {
                    case COSINE -> hasDirection;
                    case DOT, EUCLIDEAN -> Double.isFinite(vector.length());
                };
    }

    public float[] stored(Vector vector) {
        return switch (fingerprint.metric()) {
            case COSINE -> vector.normalized().toArray();
            case DOT, EUCLIDEAN -> vector.toArray();
        };
    }

    /** The metric's similarity of two stored vectors. */
    public double similarity(float[] a, float[] b) {
        return switch (fingerprint.metric()) {
            case COSINE -> Math.clamp(VectorUtil.dotProduct(a, b), -1.0, 1.0);
            case DOT -> VectorUtil.dotProduct(a, b);
            case EUCLIDEAN -> 1 / (1 + (double) VectorUtil.squareDistance(a, b));
        };
    }
}
