package dev.tandem.domain.embedding;

/** How the similarity of two vectors is computed. In every metric, greater is more similar. */
public enum Metric {
    /** The cosine of the angle between the vectors, from -1 to 1. */
    COSINE {
        @Override
        public double similarity(Vector a, Vector b) {
            return a.dot(b) / (a.length() * b.length());
        }
    },
    /** The inner product; unbounded. */
    DOT {
        @Override
        public double similarity(Vector a, Vector b) {
            return a.dot(b);
        }
    },
    /** {@code 1 / (1 + d²)} for the Euclidean distance d: 1 for equal vectors, and close to 0 for distant ones. */
    EUCLIDEAN {
        @Override
        public double similarity(Vector a, Vector b) {
            return 1 / (1 + a.squaredDistance(b));
        }
    };

    /** Indexes calculate in single precision. The products and distances of longer vectors may overflow it. */
    public static final double LONGEST = 1e18;

    public abstract double similarity(Vector a, Vector b);

    /** Whether the vector can be compared with others. For the cosine it needs a direction; for the other metrics its length is limited. */
    public boolean takes(Vector vector) {
        double length = vector.length();
        return this == COSINE ? length > 0 && Double.isFinite(length) : length <= LONGEST;
    }
}
