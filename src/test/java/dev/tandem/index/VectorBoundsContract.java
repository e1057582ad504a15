package dev.tandem.index;

import static dev.tandem.index.EngineFixture.at;
import static java.util.Comparator.comparingDouble;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.collection.Language;
import dev.tandem.domain.embedding.Metric;
import dev.tandem.domain.embedding.Vector;
import dev.tandem.domain.metadata.Filter;
import dev.tandem.domain.metadata.Metadata;
import dev.tandem.domain.search.VectorMatch;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The promises of every vector index at its limits: how many documents it finds, and how it handles vectors that are hard to compare. */
public abstract class VectorBoundsContract extends EngineContract {

    private static final int DIMENSIONS = 16;

    private static final Offset<Double> PRECISION = Offset.offset(1e-5);

    private final Random random = new Random(20261126);
    private final VectorOracle oracle = new VectorOracle();
    private Collection collection;
    private long txid;

    @BeforeEach
    void requireVectors() {
        requires(Engine.Capability.VECTORS);
    }

    private void create(Metric metric) {
        collection = Entries.collection(Language.ENGLISH, metric, DIMENSIONS);
        engine().build(collection);
    }

    private void save(IndexEntry... entries) {
        oracle.save(entries);
        engine().apply(collection, List.of(entries), Set.of(), at(++txid));
    }

    private List<VectorMatch> nearest(Vector target, Filter filter, int limit) {
        return engine().search(collection, null, target, filter, limit).byVector();
    }

    private Vector vector() {
        return vector(1);
    }

    private Vector vector(float magnitude) {
        float[] components = new float[DIMENSIONS];
        for (int i = 0; i < components.length; i++) {
            components[i] = random.nextFloat(-1, 1) * magnitude;
        }
        return Vector.of(components);
    }

    @Test
    @DisplayName("no more than the best are found, each once, also where many are equally near")
    void limits() {
        create(Metric.COSINE);
        Vector same = vector();
        save(Stream.generate(() -> Entries.entry(UUID.randomUUID(), null, null, Metadata.EMPTY, same, same))
                .limit(300)
                .toArray(IndexEntry[]::new));
        UUID other = UUID.randomUUID();
        save(Entries.entry(other, null, null, Metadata.EMPTY, vector()));
        for (int limit : new int[] {1, 2, 50, 299, 300, 301, 1_000}) {
            List<VectorMatch> best = nearest(same, Filter.EVERYTHING, limit);
            assertThat(best)
                    .hasSize(Math.min(limit, 301))
                    .extracting(VectorMatch::documentId)
                    .doesNotHaveDuplicates();
            assertThat(best.subList(0, Math.min(limit, 300)))
                    .allSatisfy(match -> assertThat(match.similarity()).isEqualTo(1, PRECISION));
        }
        assertThat(nearest(same, Filter.EVERYTHING, 1_000).getLast().documentId())
                .isEqualTo(other);
    }

    @Test
    @DisplayName("without a vector, a vector search finds nothing")
    void withoutVector() {
        create(Metric.COSINE);
        save(Entries.entry(UUID.randomUUID(), "word", null, Metadata.EMPTY, vector()));
        assertThat(engine().search(collection, "word", null, Filter.EVERYTHING, 10)
                        .byVector())
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("vectors that have no place are left out, find nothing, and hold up no others")
    void withoutPlace(Metric metric) {
        create(metric);
        UUID good = UUID.randomUUID();
        Vector vector = vector();
        save(
                Entries.entry(UUID.randomUUID(), "short", null, Metadata.EMPTY, Vector.of(1, 2)),
                Entries.entry(good, "long", null, Metadata.EMPTY, Vector.of(new float[DIMENSIONS + 1]), vector));
        assertThat(nearest(vector, Filter.EVERYTHING, 10)).singleElement().satisfies(match -> {
            assertThat(match.documentId()).isEqualTo(good);
            assertThat(match.ordinal()).isEqualTo(1);
        });
        assertThat(nearest(Vector.of(1, 2), Filter.EVERYTHING, 10)).isEmpty();
        assertThat(engine().size(collection)).isEqualTo(new IndexSize(2, 1));
    }

    @Test
    @DisplayName("where only directions count, a vector without one is left out and finds nothing")
    void withoutDirection() {
        create(Metric.COSINE);
        Vector zero = Vector.of(new float[DIMENSIONS]);
        save(Entries.entry(UUID.randomUUID(), null, null, Metadata.EMPTY, zero));
        save(Entries.entry(UUID.randomUUID(), null, null, Metadata.EMPTY, vector()));
        assertThat(nearest(zero, Filter.EVERYTHING, 10)).isEmpty();
        assertThat(nearest(vector(), Filter.EVERYTHING, 10)).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("similarities are right for vectors of all lengths that can be compared")
    void lengths(Metric metric) {
        create(metric);
        float longest = metric == Metric.COSINE ? 1e38f : 1e17f;
        save(Stream.of(1e-38f, 1e-20f, 1e-6f, 1f, 1e6f, 1e15f, longest)
                .flatMap(magnitude -> Stream.generate(() -> vector(magnitude)).limit(5))
                .map(vector -> Entries.entry(UUID.randomUUID(), null, null, Metadata.EMPTY, vector))
                .toArray(IndexEntry[]::new));
        for (float magnitude : new float[] {1e-38f, 1, longest}) {
            Vector target = vector(magnitude);
            List<VectorMatch> found = nearest(target, Filter.EVERYTHING, 100);
            assertThat(found).hasSameSizeAs(oracle.rows().values());
            assertThat(found)
                    .isSortedAccordingTo(
                            comparingDouble(VectorMatch::similarity).reversed());
            for (VectorMatch match : found) {
                double similarity =
                        oracle.best(metric, target, match.documentId()).similarity();
                assertThat(match.similarity())
                        .isCloseTo(similarity, Offset.offset(Math.max(1e-5, 1e-4 * Math.abs(similarity))));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "COSINE")
    @DisplayName("vectors that are too long to be compared are left out and find nothing")
    void tooLong(Metric metric) {
        create(metric);
        UUID good = UUID.randomUUID();
        save(
                Entries.entry(UUID.randomUUID(), null, null, Metadata.EMPTY, vector(1e38f)),
                Entries.entry(good, null, null, Metadata.EMPTY, vector(1e38f), vector()));
        assertThat(nearest(vector(), Filter.EVERYTHING, 10)).singleElement().satisfies(match -> {
            assertThat(match.documentId()).isEqualTo(good);
            assertThat(match.ordinal()).isEqualTo(1);
        });
        assertThat(nearest(vector(1e38f), Filter.EVERYTHING, 10)).isEmpty();
    }
}
