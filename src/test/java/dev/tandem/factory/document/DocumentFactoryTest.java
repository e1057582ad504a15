package dev.tandem.factory.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.collection.CollectionSettings;
import dev.tandem.domain.document.ContentHash;
import dev.tandem.domain.document.Document;
import dev.tandem.domain.document.DocumentState;
import dev.tandem.domain.embedding.EmbeddedVersions;
import dev.tandem.domain.embedding.EmbeddingSettings;
import dev.tandem.domain.embedding.Metric;
import dev.tandem.domain.embedding.Vector;
import dev.tandem.domain.metadata.Metadata;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.domain.refusal.Violation;
import dev.tandem.factory.Identities;
import dev.tandem.testing.CollectionSamples;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.assertj.core.groups.Tuple;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentFactoryTest {

    private static final Instant NOW = Instant.parse("2026-11-23T03:00:00.123456Z");
    private static final Collection OWNER = new CollectionSamples(new Random(1)).next(CollectionSamples.ownVectors(2));

    private final DocumentFactory factory = new DocumentFactory(new Identities(Clock.fixed(NOW, ZoneOffset.UTC)));

    /** The factory doesn't know whether the replaced document has a vector. */
    @Test
    void aReplacementMayBeNothingButForTheVectorThatStays() {
        DocumentDraft nothing = new DocumentDraft("key", null, null, Map.of("a", 1), null);
        assertThat(factory.replacement(OWNER, nothing).keepsVector()).isTrue();
        assertThatExceptionOfType(Refusal.Rejected.class)
                .isThrownBy(() -> factory.replacement(OWNER, nothing.withoutVector()))
                .extracting(refusal -> refusal.violations().getFirst().code())
                .isEqualTo("document.empty");
        assertThatExceptionOfType(Refusal.Rejected.class)
                .isThrownBy(() -> factory.replacement(OWNER, nothing, new ChunksDraft("none", List.of())))
                .extracting(refusal -> refusal.violations().getFirst().code())
                .isEqualTo("document.empty");
    }

    @Test
    void aSchemaOrALongTextTakesLong() {
        String longest = "x".repeat(DocumentFactory.LONG_CONTENT);
        DocumentDraft draft = new DocumentDraft("key", "title", longest, Map.of("a", 1), null);
        assertThat(factory.takesLong(OWNER, draft)).isFalse();
        assertThat(factory.takesLong(OWNER, new DocumentDraft("key", null, longest + "x", null, null)))
                .isTrue();
        assertThat(factory.takesLong(withSchema(Map.of()), draft)).isTrue();
    }

    @Test
    void takesWhatIsSaid() {
        DocumentState submission = factory.create(
                OWNER, new DocumentDraft("key", "Title", "Content", Map.of("year", 2026), new float[] {3, 4}));
        Document document = submission.document();
        assertThat(document.collectionId()).isEqualTo(OWNER.id());
        assertThat(document.key()).isEqualTo("key");
        assertThat(document.title()).isEqualTo("Title");
        assertThat(document.content()).isEqualTo("Content");
        assertThat(document.metadata()).isEqualTo(new Metadata(Map.of("year", 2026)));
        assertThat(document.contentHash()).isEqualTo(ContentHash.of("Title", "Content"));
        assertThat(document.version()).isEqualTo(1);
        assertThat(document.embedded()).isEqualTo(EmbeddedVersions.NONE);
        assertThat(document.createdAt()).isEqualTo(document.updatedAt()).isEqualTo(NOW);
        assertThat(submission.vector()).isEqualTo(Vector.of(3, 4));
    }

    @Test
    void anyOfTheThreeIsEnough() {
        assertThat(create("Title", null, null).document().title()).isEqualTo("Title");
        assertThat(create(null, "Content", null).document().content()).isEqualTo("Content");
        assertThat(create(null, null, new float[] {1, 0}).vector()).isNotNull();
        assertThat(broken(new DocumentDraft("key", null, null, Map.of("a", 1), null)))
                .extracting(Violation::pointer, Violation::code)
                .containsExactly(tuple("", "document.empty"));
    }

    @Test
    void withoutAKeyTheIdIsTheKey() {
        Document document = factory.create(OWNER, new DocumentDraft(null, "Title", null, null, null))
                .document();
        assertThat(document.key()).isEqualTo(document.id().toString());
        assertThat(document.metadata()).isEqualTo(Metadata.EMPTY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a/b", "a b", " a ", "ключ", "😀", "...", "a.", "%2F", "?&#", "\\", "\""})
    void goodKeys(String key) {
        assertThat(factory.create(OWNER, keyed(key)).document().key()).isEqualTo(key);
        String longest = "k".repeat(256);
        assertThat(factory.create(OWNER, keyed(longest)).document().key()).isEqualTo(longest);
    }

    @Test
    void badKeys() {
        Map<String, String> bad = new HashMap<>(Map.of(
                "",
                "document.key.blank",
                " ",
                "document.key.blank",
                ".",
                "document.key.dots",
                "..",
                "document.key.dots",
                "a\nb",
                "document.key.control",
                "a\u0085b",
                "document.key.control",
                "a\u0000b",
                "text.nul",
                "a\ud800b",
                "text.surrogate",
                "k".repeat(257),
                "text.too_long"));
        bad.forEach((key, code) -> assertThat(broken(keyed(key)))
                .as("key '%s'", key)
                .extracting(Violation::pointer, Violation::code)
                .containsExactly(tuple("/key", code)));
    }

    @ParameterizedTest
    @CsvSource({"/title, 2000", "/content, 1000000"})
    void textsHaveALength(String pointer, int longest) {
        assertThat(factory.create(OWNER, withText(pointer, "x".repeat(longest))))
                .isNotNull();
        assertThat(broken(withText(pointer, "x".repeat(longest + 1))))
                .extracting(Violation::pointer, Violation::code)
                .containsExactly(tuple(pointer, "text.too_long"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/title", "/content"})
    void textsAreText(String pointer) {
        assertThat(broken(withText(pointer, "a\u0000")))
                .extracting(Violation::pointer, Violation::code)
                .containsExactly(tuple(pointer, "text.nul"));
        assertThat(broken(withText(pointer, "\udc00a")))
                .extracting(Violation::pointer, Violation::code)
                .containsExactly(tuple(pointer, "text.surrogate"));
    }

    @Test
    void vectorsFitTheCollection() {
        assertThat(brokenVector(1, 2, 3)).containsExactly(tuple("/vector", "vector.dimensions"));
        assertThat(brokenVector()).containsExactly(tuple("/vector", "vector.dimensions"));
        assertThat(brokenVector(1, Float.NaN)).containsExactly(tuple("/vector/1", "vector.not_finite"));
        assertThat(brokenVector(Float.POSITIVE_INFINITY, 0)).containsExactly(tuple("/vector/0", "vector.not_finite"));
        assertThat(brokenVector(0, -0f)).containsExactly(tuple("/vector", "vector.zero"));
    }

    @Test
    void vectorsAreNoLongerThanCanBeCompared() {
        for (Metric metric : List.of(Metric.DOT, Metric.EUCLIDEAN)) {
            Collection owner = withMetric(metric);
            DocumentDraft longest = new DocumentDraft("key", null, null, null, new float[] {0, 1e18f});
            assertThat(factory.create(owner, longest).vector()).isNotNull();
            DocumentDraft tooLong = new DocumentDraft("key", null, null, null, new float[] {1e18f, 1e18f});
            assertThat(broken(owner, tooLong))
                    .extracting(Violation::pointer, Violation::code)
                    .containsExactly(tuple("/vector", "vector.too_long"));
        }
        DocumentDraft direction = new DocumentDraft("key", null, null, null, new float[] {1e38f, 1e38f});
        assertThat(factory.create(withMetric(Metric.COSINE), direction).vector())
                .isNotNull();
    }

    @Test
    void metadataSatisfiesTheCollectionsSchema() {
        Collection strict = withSchema(
                Map.of("required", List.of("year"), "properties", Map.of("year", Map.of("type", "integer"))));
        assertThat(factory.create(strict, new DocumentDraft(null, "T", null, Map.of("year", 1.0), null)))
                .isNotNull();
        assertThat(broken(strict, new DocumentDraft(null, "T", null, Map.of("year", "1984"), null)))
                .extracting(Violation::pointer, Violation::code)
                .containsExactly(tuple("/metadata/year", "metadata.schema"));
        assertThat(broken(strict, new DocumentDraft(null, "T", null, null, null)))
                .extracting(Violation::code)
                .containsExactly("metadata.schema");
    }

    @Test
    void aSchemaIsNotAskedAboutWhatCannotBeKept() {
        Collection strict = withSchema(Map.of("properties", Map.of("a", Map.of("type", "integer"))));
        assertThat(broken(strict, new DocumentDraft(null, "T", null, Map.of("a", "\u0000"), null)))
                .extracting(Violation::pointer, Violation::code)
                .containsExactly(tuple("/metadata/a", "text.nul"));
    }

    @Test
    void allBrokenRulesAtOnce() {
        DocumentDraft bad =
                new DocumentDraft("..", "x".repeat(2001), "\u0000", Map.of("a", Map.of("", 1)), new float[] {1});
        assertThat(broken(bad))
                .extracting(Violation::pointer)
                .containsExactlyInAnyOrder("/key", "/title", "/content", "/metadata/a", "/vector");
    }

    private DocumentState create(@Nullable String title, @Nullable String content, float @Nullable [] vector) {
        return factory.create(OWNER, new DocumentDraft("key", title, content, null, vector));
    }

    private static DocumentDraft keyed(String key) {
        return new DocumentDraft(key, "Title", null, null, null);
    }

    private static DocumentDraft withText(String pointer, String text) {
        return pointer.equals("/title")
                ? new DocumentDraft("key", text, null, null, null)
                : new DocumentDraft("key", null, text, null, null);
    }

    private static Collection withSchema(Map<String, Object> schema) {
        CollectionSettings settings = OWNER.settings();
        return new CollectionSamples(new Random(2))
                .next(new CollectionSettings(
                        settings.embedding(),
                        settings.chunking(),
                        settings.language(),
                        schema,
                        false,
                        settings.history(),
                        settings.index()));
    }

    private static Collection withMetric(Metric metric) {
        CollectionSettings settings = OWNER.settings();
        return new CollectionSamples(new Random(3))
                .next(new CollectionSettings(
                        new EmbeddingSettings(EmbeddingSettings.NONE, 2, metric),
                        settings.chunking(),
                        settings.language(),
                        null,
                        false,
                        settings.history(),
                        settings.index()));
    }

    private List<Tuple> brokenVector(float... components) {
        return broken(new DocumentDraft("key", "Title", null, null, components)).stream()
                .map(violation -> tuple(violation.pointer(), violation.code()))
                .toList();
    }

    private List<Violation> broken(DocumentDraft draft) {
        return broken(OWNER, draft);
    }

    private List<Violation> broken(Collection owner, DocumentDraft draft) {
        return assertThatExceptionOfType(Refusal.Rejected.class)
                .isThrownBy(() -> factory.create(owner, draft))
                .actual()
                .violations();
    }
}
