package dev.tandem.index.lucene;

import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.collection.Language;
import dev.tandem.domain.embedding.Metric;
import java.util.Map;
import java.util.Optional;
import org.apache.lucene.index.VectorSimilarityFunction;

/** What an index was built for. It is kept with every commit; an index that was built for something else has to be built again. */
public record Fingerprint(Language language, Metric metric, int dimensions) {

    /** Of the fields and what they hold. */
    static final String FORMAT = "2";

    static Fingerprint of(Collection collection) {
        return new Fingerprint(
                collection.settings().language(),
                collection.embedding().metric(),
                collection.embedding().dimensions());
    }

    public Map<String, String> toMap() {
        return Map.of(
                "format", FORMAT,
                "language", language.name(),
                "metric", metric.name(),
                "dimensions", Integer.toString(dimensions));
    }

    /**
     * The inverse of {@link #toMap()}; empty for another format.
     *
     * @throws IllegalArgumentException for values that no format has
     */
    public static Optional<Fingerprint> ofMap(Map<String, String> map) {
        if (!FORMAT.equals(map.get("format"))) {
            return Optional.empty();
        }
        return Optional.of(new Fingerprint(
                Language.valueOf(map.getOrDefault("language", "")),
                Metric.valueOf(map.getOrDefault("metric", "")),
                Integer.parseInt(map.getOrDefault("dimensions", ""))));
    }

    /** How Lucene is to compare vectors. Those of a cosine are stored at length 1. */
    public VectorSimilarityFunction similarityFunction() {
        return switch (metric) {
            case COSINE -> VectorSimilarityFunction.DOT_PRODUCT;
            case DOT -> VectorSimilarityFunction.MAXIMUM_INNER_PRODUCT;
            case EUCLIDEAN -> VectorSimilarityFunction.EUCLIDEAN;
        };
    }
}
