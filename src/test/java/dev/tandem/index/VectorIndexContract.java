package dev.tandem.index;

import static dev.tandem.index.EngineFixture.at;
import static java.util.Comparator.comparingDouble;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.collection.Language;
import dev.tandem.domain.embedding.Metric;
import dev.tandem.domain.embedding.Vector;
import dev.tandem.domain.metadata.Comparison;
import dev.tandem.domain.metadata.FieldPath;
import dev.tandem.domain.metadata.Filter;
import dev.tandem.domain.metadata.Metadata;
import dev.tandem.domain.search.VectorMatch;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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

/** The promises of every vector index, checked against a comparison with each vector. */
public abstract class VectorIndexContract extends EngineContract {

    private static final int DIMENSIONS = 16;

    private static final Offset<Double> PRECISION = Offset.offset(1e-5);

    private final Random random = new Random(20261122);
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

    private void apply(List<IndexEntry> saved, Set<UUID> gone) {
        engine().apply(collection, saved, gone, at(++txid));
    }

    private List<VectorMatch> nearest(Vector target, Filter filter, int limit) {
        return engine().search(collection, null, target, filter, limit).byVector();
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("finds what a look at each vector finds, best first, each document once, by its best chunk")
    void findsTheNearest(Metric metric) {
        create(metric);
        save(2_000);
        for (int i = 0; i < 20; i++) {
            Vector target = vector();
            assertRecall(metric, target, Filter.EVERYTHING, 10, 0.95);
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("a filter that lets few through costs no match")
    void filtersNarrowly(Metric metric) {
        create(metric);
        save(2_000);
        for (int group = 0; group < 20; group++) {
            assertRecall(metric, vector(), inGroup(group), 10, 1);
            assertRecall(metric, vector(), inGroup(group), 100, 1);
        }
    }

    @Test
    @DisplayName("a filter that lets most through costs hardly any match")
    void filtersWidely() {
        create(Metric.COSINE);
        save(2_000);
        Filter wide = new Filter.Compare(FieldPath.parse("group"), Comparison.GREATER_OR_EQUAL, 30L);
        for (int i = 0; i < 20; i++) {
            assertRecall(Metric.COSINE, vector(), wide, 10, 0.95);
        }
    }

    @Test
    @DisplayName("an empty index finds nothing")
    void empty() {
        create(Metric.COSINE);
        assertThat(nearest(vector(), Filter.EVERYTHING, 10)).isEmpty();
        assertThat(nearest(vector(), inGroup(1), 10)).isEmpty();
    }

    @Test
    @DisplayName("documents without vectors, and vectors without a text, are no trouble")
    void withoutVectors() {
        create(Metric.DOT);
        UUID bare = UUID.randomUUID();
        UUID vectorOnly = UUID.randomUUID();
        UUID empty = UUID.randomUUID();
        save(Entries.text(bare, "a title", null));
        assertThat(nearest(vector(), Filter.EVERYTHING, 10)).isEmpty();
        save(Entries.entry(vectorOnly, null, null, Metadata.EMPTY, vector()));
        save(Entries.text(empty, "", ""));
        assertThat(nearest(vector(), Filter.EVERYTHING, 10))
                .extracting(VectorMatch::documentId)
                .containsExactly(vectorOnly);
    }

    @Test
    @DisplayName("a document that is saved again is found by its new vectors and metadata only")
    void updates() {
        create(Metric.EUCLIDEAN);
        save(300);
        UUID id = UUID.randomUUID();
        Vector before = vector();
        save(Entries.entry(id, null, null, new Metadata(Map.of("group", 2_000)), vector(), before, vector()));
        assertThat(nearest(before, inGroup(2_000), 10)).singleElement().satisfies(match -> assertThat(match.ordinal())
                .isEqualTo(1));
        Vector after = vector();
        save(Entries.entry(id, null, null, new Metadata(Map.of("group", 1_000)), after));
        assertThat(nearest(after, Filter.EVERYTHING, 1)).singleElement().satisfies(match -> {
            assertThat(match.documentId()).isEqualTo(id);
            assertThat(match.similarity()).isEqualTo(1, PRECISION);
            assertThat(match.ordinal()).isZero();
        });
        assertThat(nearest(after, inGroup(1_000), 10)).hasSize(1);
        assertThat(nearest(after, inGroup(2_000), 10)).isEmpty();
        assertRecall(Metric.EUCLIDEAN, before, Filter.EVERYTHING, 10, 1);
    }

    @Test
    @DisplayName("documents that are gone are not found, and going twice is going once")
    void deletes() {
        create(Metric.COSINE);
        save(500);
        Set<UUID> gone = new HashSet<>(List.copyOf(oracle.rows().keySet()).subList(0, 250));
        gone.add(UUID.randomUUID());
        oracle.rows().keySet().removeAll(gone);
        apply(List.of(), gone);
        apply(List.of(), gone);
        assertRecall(Metric.COSINE, vector(), Filter.EVERYTHING, 1_000, 1);
        assertRecall(Metric.COSINE, vector(), Filter.EVERYTHING, 20, 1);
        assertRecall(Metric.COSINE, vector(), inGroup(3), 20, 1);
    }

    @Test
    @DisplayName("saving the same again changes nothing")
    void idempotent() {
        create(Metric.COSINE);
        save(200);
        Vector target = vector();
        List<VectorMatch> before = nearest(target, Filter.EVERYTHING, 50);
        apply(List.copyOf(oracle.rows().values()), Set.of());
        assertThat(nearest(target, Filter.EVERYTHING, 50)).isEqualTo(before);
    }

    @Test
    @DisplayName("equal vectors are all found")
    void duplicates() {
        create(Metric.COSINE);
        Vector same = vector();
        save(Stream.generate(() -> Entries.entry(UUID.randomUUID(), null, null, Metadata.EMPTY, same))
                .limit(500)
                .toArray(IndexEntry[]::new));
        assertThat(nearest(same, Filter.EVERYTHING, 500)).hasSize(500);
    }

    /** Whether the engine says how many chunks a document has. */
    protected boolean countsChunks() {
        return false;
    }

    private void assertRecall(Metric metric, Vector target, Filter filter, int limit, double atLeast) {
        List<VectorMatch> expected = oracle.nearest(metric, target, filter, limit);
        List<VectorMatch> found = nearest(target, filter, limit);
        assertThat(found).hasSameSizeAs(expected);
        assertThat(found).extracting(VectorMatch::documentId).doesNotHaveDuplicates();
        assertThat(found)
                .isSortedAccordingTo(comparingDouble(VectorMatch::similarity).reversed());
        for (VectorMatch match : found) {
            VectorMatch best = oracle.best(metric, target, match.documentId());
            assertThat(match.similarity()).isEqualTo(best.similarity(), PRECISION);
            assertThat(match.ordinal()).isEqualTo(best.ordinal());
            assertThat(match.chunks()).isEqualTo(countsChunks() ? best.chunks() : 0);
        }
        double worst = expected.isEmpty() ? 0 : expected.getLast().similarity() - PRECISION.value;
        long hits = found.stream().filter(match -> match.similarity() >= worst).count();
        assertThat((double) hits).isGreaterThanOrEqualTo(atLeast * expected.size() - 1e-9);
    }

    private static Filter inGroup(long group) {
        return new Filter.Equal(FieldPath.parse("group"), group);
    }

    private void save(int documents) {
        List<IndexEntry> batch = new ArrayList<>();
        for (int i = 0; i < documents; i++) {
            Vector[] vectors = new Vector[random.nextInt(5)];
            for (int j = 0; j < vectors.length; j++) {
                vectors[j] = vector();
            }
            Metadata metadata = new Metadata(Map.of("group", random.nextInt(100)));
            batch.add(Entries.entry(UUID.randomUUID(), "title", null, metadata, vectors));
            if (batch.size() == 300 || i == documents - 1) {
                save(batch.toArray(IndexEntry[]::new));
                batch.clear();
            }
        }
    }

    private void save(IndexEntry... entries) {
        oracle.save(entries);
        apply(List.of(entries), Set.of());
    }

    private Vector vector() {
        float[] components = new float[DIMENSIONS];
        for (int i = 0; i < components.length; i++) {
            components[i] = (float) random.nextGaussian();
        }
        return Vector.of(components);
    }
}
