package dev.tandem.index.pinecone.http;

import dev.tandem.domain.embedding.Metric;
import dev.tandem.index.Shape;
import io.vertx.core.json.JsonObject;
import java.net.URI;

/**
 * What an index of Pinecone was created for.
 *
 * @param dimension 0 for an index of sparse vectors
 * @param metric in Pinecone's words
 */
public record IndexKind(URI base, long dimension, String metric) {

    static IndexKind of(URI base, JsonObject stats) {
        return new IndexKind(
                base,
                stats.getLong("dimension", 0L),
                Answers.required(stats.getString("metric", stats.getString("vectorType", "unknown"))));
    }

    public boolean fits(Shape shape) {
        return dimension == shape.dimensions() && metric.equals(name(shape.metric()));
    }

    /** Pinecone's word for the metric. */
    public static String name(Metric metric) {
        return switch (metric) {
            case COSINE -> "cosine";
            case DOT -> "dotproduct";
            case EUCLIDEAN -> "euclidean";
        };
    }

    /** For a sentence. */
    String described() {
        return base.getHost() + " (dimension " + dimension + ", metric " + metric + ")";
    }
}
