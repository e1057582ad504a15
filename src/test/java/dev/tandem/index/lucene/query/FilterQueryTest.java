package dev.tandem.index.lucene.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.collection.Language;
import dev.tandem.domain.embedding.Metric;
import dev.tandem.domain.embedding.Vector;
import dev.tandem.domain.metadata.Comparison;
import dev.tandem.domain.metadata.FieldPath;
import dev.tandem.domain.metadata.Filter;
import dev.tandem.domain.metadata.Metadata;
import dev.tandem.domain.search.KeywordMatch;
import dev.tandem.domain.search.VectorMatch;
import dev.tandem.index.Entries;
import dev.tandem.index.IndexEntry;
import dev.tandem.index.lucene.LuceneFixture;
import dev.tandem.index.lucene.TestConfig;
import dev.tandem.testing.FilterSamples;
import dev.tandem.testing.MetadataSamples;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Execution(CONCURRENT)
class FilterQueryTest {

    private static final FieldPath TEXT = FieldPath.parse("text");

    @TempDir
    Path directory;

    private final Collection collection = Entries.collection(Language.NONE, Metric.COSINE, 2);
    private LuceneFixture lucene;

    @BeforeEach
    void open() {
        lucene = new LuceneFixture(TestConfig.in(directory));
        lucene.build(collection);
    }

    @AfterEach
    void close() {
        lucene.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    @DisplayName("any filter finds what the domain says it matches, by words and by vector")
    void agreesWithTheDomain(long seed) {
        Random random = new Random(seed);
        MetadataSamples samples = new MetadataSamples(random);
        List<IndexEntry> rows = IntStream.range(0, 200)
                .mapToObj(i -> row(samples.next(), random.nextInt(3)))
                .toList();
        lucene.save(collection, 1, rows.toArray(IndexEntry[]::new));
        FilterSamples filters = new FilterSamples(random);
        int telling = 0;
        for (int i = 0; i < 1_000; i++) {
            int matches = assertAgreement(rows, filters.next());
            telling += matches > 0 && matches < rows.size() ? 1 : 0;
        }
        assertThat(telling).as("filters that separate").isGreaterThan(300);
    }

    private int assertAgreement(List<IndexEntry> rows, Filter filter) {
        List<IndexEntry> expected = rows.stream()
                .filter(row -> filter.matches(row.document().metadata()))
                .toList();
        var found = lucene.search(collection, "word", Vector.of(1, 1), filter, rows.size());
        assertThat(found.byWords().stream().map(KeywordMatch::documentId).collect(Collectors.toSet()))
                .as("by words: %s", filter)
                .isEqualTo(ids(expected));
        assertThat(found.byVector().stream().map(VectorMatch::documentId).collect(Collectors.toSet()))
                .as("by vector: %s", filter)
                .isEqualTo(ids(
                        expected.stream().filter(row -> !row.chunks().isEmpty()).toList()));
        return expected.size();
    }

    @Test
    @DisplayName("texts and needles as long as they may be are found, and quickly")
    void longTexts() {
        String long1 = "😀".repeat(4_096);
        String long2 = "a".repeat(8_192);
        lucene.save(collection, 1, row(text(long1), 0), row(text(long2), 1), row(text("b" + long2.substring(1)), 1));
        assertThat(count(new Filter.Equal(TEXT, long1))).isEqualTo(1);
        assertThat(count(new Filter.StartsWith(TEXT, long2))).isEqualTo(1);
        assertThat(count(new Filter.StartsWith(TEXT, long1))).isEqualTo(1);
        assertThat(count(new Filter.Compare(TEXT, Comparison.GREATER_OR_EQUAL, long2)))
                .isEqualTo(3);
        assertThat(count(new Filter.Compare(TEXT, Comparison.GREATER, long2))).isEqualTo(2);
        assertThat(count(new Filter.Contains(TEXT, long2.substring(1)))).isEqualTo(2);
        assertThat(count(new Filter.Contains(TEXT, long2.substring(2) + "b"))).isZero();
    }

    @Test
    @DisplayName("many values and many conditions are no trouble")
    void large() {
        lucene.save(collection, 1, row(new Metadata(Map.of("n", 5)), 1), row(new Metadata(Map.of("n", -5)), 1));
        FieldPath n = FieldPath.parse("n");
        List<Object> values =
                IntStream.range(0, 10_000).<Object>mapToObj(i -> (long) i).toList();
        assertThat(count(new Filter.In(n, values))).isEqualTo(1);
        List<Filter> conditions = values.stream()
                .limit(5_000)
                .<Filter>map(value -> new Filter.Equal(n, value))
                .toList();
        assertThat(count(new Filter.Or(conditions))).isEqualTo(1);
        assertThat(count(new Filter.And(conditions))).isZero();
        assertThat(count(new Filter.And(Collections.nCopies(5_000, new Filter.Exists(n)))))
                .isEqualTo(2);
    }

    @Test
    @DisplayName("a text that no metadata can hold is not indexed and doesn't hold up the others")
    void impossibleText() {
        Metadata metadata = text("x".repeat(40_000));
        lucene.save(collection, 1, row(metadata, 0));
        assertThat(count(new Filter.Exists(TEXT))).isEqualTo(1);
        assertThat(count(new Filter.Equal(TEXT, "x".repeat(40_000)))).isZero();
    }

    private int count(Filter filter) {
        return lucene.search(collection, "word", null, filter, 100).byWords().size();
    }

    private static Metadata text(String text) {
        return new Metadata(Map.of("text", text));
    }

    private static IndexEntry row(Metadata metadata, int passages) {
        Vector[] vectors =
                IntStream.range(0, passages).mapToObj(i -> Vector.of(1, i)).toArray(Vector[]::new);
        return Entries.entry(UUID.randomUUID(), "word", null, metadata, vectors);
    }

    private static Set<UUID> ids(List<IndexEntry> rows) {
        return rows.stream().map(row -> row.document().id()).collect(Collectors.toSet());
    }
}
