package dev.tandem.testing;

import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.collection.CollectionSettings;
import dev.tandem.domain.collection.HistorySettings;
import dev.tandem.domain.collection.IndexSettings;
import dev.tandem.domain.collection.Language;
import dev.tandem.domain.collection.TimeToLive;
import dev.tandem.domain.collection.VectorSets;
import dev.tandem.domain.collection.VectorSets.Beside;
import dev.tandem.domain.embedding.Chunking;
import dev.tandem.domain.embedding.EmbeddingSettings;
import dev.tandem.domain.embedding.Metric;
import dev.tandem.domain.embedding.VectorSet;
import dev.tandem.domain.metadata.FieldPath;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Collections with every kind of settings. The same seed gives the same samples. */
public final class CollectionSamples {

    private final Random random;
    private final DocumentSamples documents;

    public CollectionSamples(Random random) {
        this.random = random;
        this.documents = new DocumentSamples(random);
    }

    public Collection next() {
        return next(settings());
    }

    public Collection next(CollectionSettings settings) {
        var id = documents.id();
        return new Collection(
                id,
                "c-" + id,
                random.nextBoolean() ? null : new MetadataSamples(random).text(),
                settings,
                random.nextInt(1, 1000),
                documents.instant(),
                documents.instant());
    }

    public CollectionSettings settings() {
        int maxTokens = random.nextInt(16, 512);
        return new CollectionSettings(
                        new EmbeddingSettings(
                                one(List.of("none", "fake", "all-minilm-l6-v2")),
                                random.nextInt(1, 4097),
                                one(Metric.values())),
                        new Chunking(maxTokens, random.nextInt(maxTokens / 2 + 1)),
                        one(Language.values()),
                        schema(),
                        random.nextBoolean(),
                        new HistorySettings(random.nextInt(1001), random.nextInt(1, 3651)),
                        new IndexSettings(
                                one(List.of("lucene", "pgvector")),
                                random.nextBoolean() ? null : "opensearch",
                                random.nextBoolean() ? null : documents.instant()),
                        vectorSets())
                .expiringAfter(
                        random.nextBoolean()
                                ? null
                                : new TimeToLive(Duration.ofSeconds(random.nextLong(1, 1_000_000_000))))
                .indexing(
                        random.nextBoolean()
                                ? List.of()
                                : List.of(FieldPath.parse("year"), new FieldPath(List.of("a.b", "c"))));
    }

    private VectorSets vectorSets() {
        int searched = random.nextInt(10);
        List<Integer> dropped = random.nextBoolean() ? List.of() : List.of(searched + 1, searched + 3);
        if (random.nextBoolean()) {
            return new VectorSets(searched, null, dropped, searched + 3);
        }
        EmbeddingSettings other = new EmbeddingSettings("second-fake", random.nextInt(1, 4097), one(Metric.values()));
        VectorSet set = new VectorSet(searched + 5, other);
        return new VectorSets(
                searched,
                random.nextBoolean()
                        ? new Beside(set, 0, null)
                        : new Beside(set, random.nextLong(1, Long.MAX_VALUE), documents.instant()),
                dropped,
                searched + 5);
    }

    /** Clients send vectors of this length. */
    public static CollectionSettings ownVectors(int dimensions) {
        return settings(new EmbeddingSettings(EmbeddingSettings.NONE, dimensions, Metric.COSINE));
    }

    /** {@link FakeEmbedder} makes the vectors. */
    public static CollectionSettings fakeModel() {
        return settings(new EmbeddingSettings(FakeEmbedder.MODEL, FakeEmbedder.DIMENSIONS, Metric.COSINE));
    }

    /** The second {@link FakeEmbedder} makes the vectors. */
    public static CollectionSettings secondFakeModel() {
        return settings(new EmbeddingSettings(FakeEmbedder.SECOND_MODEL, FakeEmbedder.DIMENSIONS, Metric.COSINE));
    }

    /** A model makes the vectors, if it makes those of these dimensions. */
    public static CollectionSettings ofModel(String model, int dimensions) {
        return settings(new EmbeddingSettings(model, dimensions, Metric.COSINE));
    }

    private static CollectionSettings settings(EmbeddingSettings embedding) {
        return new CollectionSettings(
                embedding,
                new Chunking(200, 20),
                Language.ENGLISH,
                null,
                false,
                HistorySettings.DEFAULT,
                IndexSettings.DEFAULT);
    }

    private @Nullable Map<String, Object> schema() {
        if (random.nextInt(3) == 0) {
            return null;
        }
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put("required", List.of("year"));
        schema.put("additionalProperties", random.nextBoolean());
        schema.put(
                "properties",
                Map.of(
                        "year", Map.of("type", "integer", "minimum", random.nextInt(3000)),
                        "price", Map.of("multipleOf", 0.25, "maximum", 1.5),
                        "tags", Map.of("type", "array", "maxItems", 10, "uniqueItems", true),
                        "kind", Map.of("enum", Arrays.asList("a", 1, 1.5, null, true))));
        return schema;
    }

    @SafeVarargs
    private <T> T one(T... values) {
        return values[random.nextInt(values.length)];
    }

    private <T> T one(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}
