package dev.tandem.index.opensearch;

import static dev.tandem.index.EngineFixture.await;
import static java.util.Comparator.comparingDouble;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.domain.collection.Language;
import dev.tandem.domain.embedding.Metric;
import dev.tandem.domain.embedding.Vector;
import dev.tandem.domain.metadata.FieldPath;
import dev.tandem.domain.metadata.Filter;
import dev.tandem.domain.metadata.Metadata;
import dev.tandem.domain.search.VectorMatch;
import dev.tandem.index.CandidateQuery;
import dev.tandem.index.Entries;
import dev.tandem.index.IndexEntry;
import dev.tandem.index.Shape;
import dev.tandem.index.shared.Store;
import io.smallrye.mutiny.Multi;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/** How many of the nearest are found among many vectors that lie in heaps, and how quickly they are written. */
class OpenSearchRecallTest {

    private static final int VECTORS = 20_000;
    private static final int DIMENSIONS = 128;
    private static final int HEAPS = 200;
    private static final int BATCH = 250;
    private static final int QUERIES = 100;
    private static final int NEAREST = 10;

    private final Random random = new Random(15);
    private final float[][] heaps = new float[HEAPS][];
    private final Shape shape = new Shape(Language.ENGLISH, Metric.COSINE, DIMENSIONS);

    private Vector vector() {
        float[] heap = heaps[random.nextInt(HEAPS)];
        float[] components = new float[DIMENSIONS];
        for (int i = 0; i < DIMENSIONS; i++) {
            components[i] = heap[i] + (float) random.nextGaussian() * 0.5f;
        }
        return Vector.of(components);
    }

    @Test
    @DisplayName("nearly all of the nearest are found, with and without a filter")
    void recall(TestReporter reporter) {
        OpenSearchEngine engine =
                new OpenSearchEngine(TestVertx.get(), TestConfig.with("120s", OpenSearchServer.address()));
        Store store = new Store(UUID.randomUUID(), "1x1", shape);
        await(engine.create(store));
        for (int i = 0; i < HEAPS; i++) {
            heaps[i] = new float[DIMENSIONS];
            for (int j = 0; j < DIMENSIONS; j++) {
                heaps[i][j] = (float) random.nextGaussian();
            }
        }
        List<IndexEntry> rows = IntStream.range(0, VECTORS)
                .mapToObj(i -> Entries.entry(
                        UUID.randomUUID(),
                        "tea " + i,
                        "A pot of tea for the people of house number " + i % 977,
                        new Metadata(Map.of("tenth", i % 10)),
                        vector()))
                .toList();
        long begun = System.nanoTime();
        for (int i = 0; i < VECTORS; i += 4 * BATCH) {
            List<List<IndexEntry>> batches = new ArrayList<>();
            for (int j = i; j < i + 4 * BATCH; j += BATCH) {
                batches.add(rows.subList(j, j + BATCH));
            }
            Multi.createFrom()
                    .iterable(batches)
                    .onItem()
                    .transformToUniAndMerge(batch -> engine.write(store, 1, batch, Set.of()))
                    .collect()
                    .last()
                    .await()
                    .atMost(Duration.ofMinutes(5));
        }
        reporter.publishEntry(
                "documents a second", Long.toString(VECTORS * 1_000_000_000L / (System.nanoTime() - begun)));
        Filter tenth = new Filter.Equal(FieldPath.parse("tenth"), 3L);
        double plain = recall(engine, store, rows, Filter.EVERYTHING, reporter);
        double filtered = recall(engine, store, rows, tenth, reporter);
        reporter.publishEntry(
                Map.of("recall", Double.toString(plain), "recall with filter", Double.toString(filtered)));
        await(engine.drop(store));
        engine.close();
        assertThat(plain).isGreaterThanOrEqualTo(0.98);
        assertThat(filtered).isGreaterThanOrEqualTo(0.95);
    }

    private double recall(
            OpenSearchEngine engine, Store store, List<IndexEntry> rows, Filter filter, TestReporter reporter) {
        int hits = 0;
        long nanos = 0;
        for (int i = 0; i < QUERIES; i++) {
            Vector target = vector();
            List<UUID> expected = rows.stream()
                    .filter(row -> filter.matches(row.document()))
                    .map(row -> new VectorMatch(
                            row.document().id(),
                            shape.metric()
                                    .similarity(target, row.chunks().getFirst().vector()),
                            0))
                    .sorted(comparingDouble(VectorMatch::similarity).reversed())
                    .limit(NEAREST)
                    .map(VectorMatch::documentId)
                    .toList();
            long begun = System.nanoTime();
            List<VectorMatch> found = await(
                            engine.search(store, new CandidateQuery(null, target, List.of(), filter, NEAREST)))
                    .byVector();
            nanos += System.nanoTime() - begun;
            hits += (int) found.stream()
                    .filter(match -> expected.contains(match.documentId()))
                    .count();
        }
        reporter.publishEntry("milliseconds a search", Double.toString(nanos / 1e6 / QUERIES));
        return (double) hits / (QUERIES * NEAREST);
    }
}
