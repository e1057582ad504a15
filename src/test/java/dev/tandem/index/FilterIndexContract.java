package dev.tandem.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.collection.Language;
import dev.tandem.domain.document.Document;
import dev.tandem.domain.document.Document.Body;
import dev.tandem.domain.document.Document.Text;
import dev.tandem.domain.embedding.Metric;
import dev.tandem.domain.embedding.Vector;
import dev.tandem.domain.metadata.Comparison;
import dev.tandem.domain.metadata.FieldPath;
import dev.tandem.domain.metadata.Filter;
import dev.tandem.domain.metadata.Metadata;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.domain.refusal.Violation;
import dev.tandem.domain.search.Candidates;
import dev.tandem.testing.DocumentSamples;
import dev.tandem.testing.FilterSamples;
import dev.tandem.testing.MetadataSamples;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A filter means in every index what {@link Filter#matches} says, in searches by words and by vector. */
public abstract class FilterIndexContract extends EngineContract {

    private static final FieldPath TEXT = FieldPath.parse("text");
    private static final FieldPath A = FieldPath.parse("a");

    private final Collection collection = Entries.collection(Language.NONE, Metric.COSINE, 2);

    @BeforeEach
    void build() {
        engine().build(collection);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    @DisplayName("any filter finds what the domain says it matches, in keyword and vector searches")
    void agreesWithTheDomain(long seed) {
        assertThat(telling(seed)).as("filters that separate").isGreaterThan(250);
    }

    @Test
    @DisplayName("the same holds for new random samples")
    void agreesOnFreshSamples(TestReporter reporter) {
        long seed = ThreadLocalRandom.current().nextLong(1_000_000_000);
        reporter.publishEntry("seed", Long.toString(seed));
        assertThat(telling(seed)).as("filters that separate, seed %d", seed).isGreaterThan(200);
    }

    /** How many of a thousand filters let some documents through and others not. */
    private int telling(long seed) {
        Random random = new Random(seed);
        DocumentSamples samples = new DocumentSamples(random);
        List<IndexEntry> rows = IntStream.range(0, 200)
                .mapToObj(i -> row(samples.next(collection.id()), random.nextInt(3)))
                .toList();
        engine().save(collection, 1, rows.toArray(IndexEntry[]::new));
        FilterSamples filters =
                FilterSamples.on(random, rows.stream().map(IndexEntry::document).toList());
        int telling = 0;
        int answered = 0;
        while (answered < 1_000) {
            OptionalInt matches = assertAgreement(rows, filters.next(), "seed " + seed);
            answered += matches.isPresent() ? 1 : 0;
            telling += matches.orElse(0) > 0 && matches.orElse(0) < rows.size() ? 1 : 0;
        }
        return telling;
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("each operator agrees with the domain about the values that documents really have")
    void everyOperator(FilterOperator operator) {
        MetadataSamples samples = new MetadataSamples(new Random(4));
        List<IndexEntry> rows =
                IntStream.range(0, 100).mapToObj(i -> row(samples.next(), 1)).toList();
        engine().save(collection, 1, rows.toArray(IndexEntry[]::new));
        Set<Filter> filters = rows.stream()
                .flatMap(row -> operator.about(row.document().metadata()))
                .distinct()
                .limit(100)
                .collect(Collectors.toSet());
        assertThat(filters).hasSize(100);
        int matches = 0;
        int refused = 0;
        for (Filter filter : filters) {
            OptionalInt matching = assertAgreement(rows, filter, operator.name());
            matches += matching.orElse(0);
            refused += matching.isPresent() ? 0 : 1;
        }
        assertThat(matches + refused).isPositive();
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName(
            "each operator agrees with the domain about numbers of all sizes, texts of all scripts, and odd shapes")
    void edges(FilterEdges edges) {
        List<IndexEntry> rows =
                edges.metadata().map(metadata -> row(metadata, 1)).toList();
        engine().save(collection, 1, rows.toArray(IndexEntry[]::new));
        for (FilterOperator operator : FilterOperator.values()) {
            rows.stream()
                    .flatMap(row -> operator.about(row.document().metadata()))
                    .distinct()
                    .forEach(filter -> assertAgreement(rows, filter, edges.name()));
        }
    }

    @Test
    @DisplayName("an empty index has nothing that a filter could let through")
    void empty() {
        assertThat(matching(Filter.EVERYTHING, 10)).isEmpty();
        assertThat(matching(new Filter.Not(new Filter.Exists(A)), 10)).isEmpty();
    }

    @Test
    @DisplayName("with no conditions at all, and lets everything through; or, and any of no values, nothing")
    void withoutConditions() {
        engine().save(collection, 1, row(Metadata.EMPTY, 1), row(new Metadata(Map.of("a", 1)), 1));
        assertThat(count(new Filter.And(List.of()))).isEqualTo(2);
        assertThat(count(new Filter.Or(List.of()))).isZero();
        assertThat(count(new Filter.In(A, List.of()))).isZero();
        assertThat(count(new Filter.Not(new Filter.Or(List.of())))).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 49, 50, 51, 1_000})
    @DisplayName("a limit counts what the filter lets through")
    void limits(int limit) {
        List<IndexEntry> rows = IntStream.range(0, 500)
                .mapToObj(i -> row(new Metadata(Map.of("a", i % 10)), 1))
                .toList();
        engine().save(collection, 1, rows.toArray(IndexEntry[]::new));
        assertThat(matching(new Filter.Equal(A, 3L), limit)).hasSize(Math.min(limit, 50));
    }

    @Test
    @DisplayName("a document that is saved again is found by its new metadata only")
    void updates() {
        UUID id = UUID.randomUUID();
        engine().save(collection, 1, row(id, new Metadata(Map.of("a", 1, "text", "old")), 1));
        engine().save(collection, 2, row(id, new Metadata(Map.of("a", List.of(2, "x"))), 1));
        assertThat(count(new Filter.Equal(A, 1L))).isZero();
        assertThat(count(new Filter.Exists(TEXT))).isZero();
        assertThat(count(new Filter.Compare(A, Comparison.LESS, 2L))).isZero();
        assertThat(count(new Filter.And(List.of(new Filter.Equal(A, 2L), new Filter.Equal(A, "x")))))
                .isEqualTo(1);
    }

    @Test
    @DisplayName("texts and needles as long as they may be are found, and quickly")
    void longTexts() {
        requires(Engine.Capability.ALL_FILTERS);
        String long1 = "😀".repeat(4_096);
        String long2 = "a".repeat(8_192);
        engine().save(collection, 1, row(text(long1), 1), row(text(long2), 1), row(text("b" + long2.substring(1)), 1));
        assertThat(count(new Filter.Equal(TEXT, long1))).isEqualTo(1);
        assertThat(count(new Filter.StartsWith(TEXT, long2))).isEqualTo(1);
        assertThat(count(new Filter.StartsWith(TEXT, long1))).isEqualTo(1);
        assertThat(count(new Filter.Compare(TEXT, Comparison.GREATER_OR_EQUAL, long2)))
                .isEqualTo(3);
        assertThat(count(new Filter.Compare(TEXT, Comparison.GREATER, long2))).isEqualTo(2);
        assertThat(count(new Filter.Contains(TEXT, long2.substring(1)))).isEqualTo(2);
        assertThat(count(new Filter.Contains(TEXT, long2.substring(2) + "b"))).isZero();
        assertThat(count(new Filter.Contains(TEXT, ""))).isEqualTo(3);
    }

    @Test
    @DisplayName("many values and many conditions are no trouble")
    void large() {
        engine().save(collection, 1, row(new Metadata(Map.of("n", 5)), 1), row(new Metadata(Map.of("n", -5)), 1));
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

    /** How many match; empty if the engine refuses the filter by name, as one may that does not declare that it can every filter. */
    private OptionalInt assertAgreement(List<IndexEntry> rows, Filter filter, String samples) {
        List<IndexEntry> expected =
                rows.stream().filter(row -> filter.matches(row.document())).toList();
        Candidates found;
        try {
            found = engine().search(collection, "word", Vector.of(1, 1), filter, rows.size());
        } catch (Refusal.Rejected refusal) {
            assertThat(can(Engine.Capability.ALL_FILTERS)).isFalse();
            assertThat(refusal.violations()).extracting(Violation::code).containsOnly("filter.unsupported");
            return OptionalInt.empty();
        }
        if (can(Engine.Capability.KEYWORDS)) {
            assertThat(byWords(found)).as("%s, by words: %s", samples, filter).isEqualTo(ids(expected));
        }
        if (can(Engine.Capability.VECTORS)) {
            assertThat(byVector(found))
                    .as("%s, by vector: %s", samples, filter)
                    .isEqualTo(ids(expected.stream()
                            .filter(row -> !row.chunks().isEmpty())
                            .toList()));
        }
        return OptionalInt.of(expected.size());
    }

    private int count(Filter filter) {
        return matching(filter, 100).size();
    }

    /** What keyword and vector search find. Rows must have a passage. */
    private Set<UUID> matching(Filter filter, int limit) {
        Candidates found = engine().search(collection, "word", Vector.of(1, 1), filter, limit);
        if (can(Engine.Capability.KEYWORDS) && can(Engine.Capability.VECTORS)) {
            assertThat(byVector(found)).hasSameSizeAs(byWords(found));
        }
        return can(Engine.Capability.KEYWORDS) ? byWords(found) : byVector(found);
    }

    private static Metadata text(String text) {
        return new Metadata(Map.of("text", text));
    }

    /** A document that is found by its content, too. */
    private static IndexEntry row(Document sample, int passages) {
        Text text = Text.of(sample.title(), "word");
        Document document =
                new Document(sample.identity(), new Body(text, sample.metadata(), null), sample.versioning());
        return new IndexEntry(
                document, row(document.id(), document.metadata(), passages).chunks());
    }

    private static IndexEntry row(Metadata metadata, int passages) {
        return row(UUID.randomUUID(), metadata, passages);
    }

    private static IndexEntry row(UUID id, Metadata metadata, int passages) {
        Vector[] vectors =
                IntStream.range(0, passages).mapToObj(i -> Vector.of(1, i)).toArray(Vector[]::new);
        return Entries.entry(id, "word", null, metadata, vectors);
    }

    private static Set<UUID> ids(List<IndexEntry> rows) {
        return rows.stream().map(row -> row.document().id()).collect(Collectors.toSet());
    }
}
