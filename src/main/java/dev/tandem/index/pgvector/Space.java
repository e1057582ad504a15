package dev.tandem.index.pgvector;

import dev.tandem.domain.embedding.Metric;
import dev.tandem.domain.embedding.Vector;
import dev.tandem.index.Shape;

/** How vectors are stored and compared for one {@link Shape}. */
record Space(Shape shape) {

    /** HNSW holds no longer ones. */
    private static final int MOST_IN_SINGLE = 2_000;

    private static final int MOST_IN_HALF = 4_000;

    /** How a graph holds vectors. */
    enum Graph {
        /** As they are. */
        SINGLE("vector"),
        /** In half precision. */
        HALF("halfvec"),
        /** There is no graph: every vector is compared. */
        NONE("vector");

        private final String type;

        Graph(String type) {
            this.type = type;
        }

        String type() {
            return type;
        }
    }

    /**
     * The graph of a new store. Only directions can be held in half precision: a component of another vector may be larger than 65,504.
     *
     * @param prefersHalf whether half precision is wanted where both are possible
     */
    Graph graph(boolean prefersHalf) {
        int dimensions = shape.dimensions();
        if (shape.metric() == Metric.COSINE
                && dimensions <= MOST_IN_HALF
                && (prefersHalf || dimensions > MOST_IN_SINGLE)) {
            return Graph.HALF;
        }
        return dimensions <= MOST_IN_SINGLE ? Graph.SINGLE : Graph.NONE;
    }

    /**
     * Whether the vector fits. A vector that does not fit was refused long before; if one appears all the same, the engine must not fail on
     * it for ever.
     */
    boolean takes(Vector vector) {
        return vector.dimensions() == shape.dimensions() && shape.metric().takes(vector);
    }

    /** For the cosine, vectors are stored with length 1: so the inner product is enough, and none is too long for it. */
    float[] stored(Vector vector) {
        return (shape.metric() == Metric.COSINE ? vector.normalized() : vector).toArray();
    }

    /** The operator for the distance: the less, the more similar. */
    String operator() {
        return shape.metric() == Metric.EUCLIDEAN ? "<->" : "<#>";
    }

    /** What an index by this distance is called. */
    String operatorClass(Graph graph) {
        return graph.type() + (shape.metric() == Metric.EUCLIDEAN ? "_l2_ops" : "_ip_ops");
    }

    /** The metric's similarity for a distance. */
    double similarity(double distance) {
        return switch (shape.metric()) {
            case COSINE -> Math.clamp(-distance, -1.0, 1.0);
            case DOT -> -distance;
            case EUCLIDEAN -> 1 / (1 + distance * distance);
        };
    }
}
