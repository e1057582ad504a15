package dev.tandem.domain.embedding;

/** How alike two vectors are. In every metric a greater similarity is a better match. */
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
    /** {@code 1 / (1 + d²)} of the Euclidean distance d: 1 for equal vectors, towards 0 for distant ones. */
    EUCLIDEAN {
        @Override
        public double similarity(Vector a, Vector b) {
            return 1 / (1 + a.squaredDistance(b));
        }
    };

    /** Vectors that are longer may have products and distances that single precision, in which indexes calculate, doesn't reach. */
    public static final double LONGEST = 1e18;

    public abstract double similarity(Vector a, Vector b);

    /** Whether the vector can be compared with others: it needs a direction where nothing else counts, and a bounded length elsewhere. */
    public boolean takes(Vector vector) {
        double length = vector.length();
        return this == COSINE ? length > 0 && Double.isFinite(length) : length <= LONGEST;
    }
}
