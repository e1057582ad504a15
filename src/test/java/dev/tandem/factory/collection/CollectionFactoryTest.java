package dev.tandem.factory.collection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.collection.HistorySettings;
import dev.tandem.domain.collection.IndexSettings;
import dev.tandem.domain.collection.Language;
import dev.tandem.domain.embedding.Chunking;
import dev.tandem.domain.embedding.EmbeddingModel;
import dev.tandem.domain.embedding.EmbeddingSettings;
import dev.tandem.domain.embedding.Metric;
import dev.tandem.domain.metadata.FieldPath;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.domain.refusal.Violation;
import dev.tandem.factory.Identities;
import dev.tandem.factory.collection.CollectionDraft.Chunks;
import dev.tandem.factory.collection.CollectionDraft.Embedding;
import dev.tandem.factory.collection.CollectionDraft.History;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CollectionFactoryTest {

    private static final Instant NOW = Instant.parse("2026-11-23T03:00:00.123456Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

    private static final Offer OFFER = new Offer(models(), List.of("lucene", "pgvector"));

    private final CollectionFactory factory = new CollectionFactory(new Identities(CLOCK));
    private final CollectionFactory later =
            new CollectionFactory(new Identities(Clock.offset(CLOCK, Duration.ofDays(1))));

    private static Map<String, EmbeddingModel> models() {
        Map<String, EmbeddingModel> models = new LinkedHashMap<>();
        models.put("small", new EmbeddingModel("small", 384, 254, 200));
        models.put("big", new EmbeddingModel("big", 1024, 8192, 480));
        return models;
    }

    @Test
    void aNameIsEnough() {
        Collection collection = create(draft("notes"));
        assertThat(collection.name()).isEqualTo("notes");
        assertThat(collection.description()).isNull();
        assertThat(collection.embedding()).isEqualTo(new EmbeddingSettings("small", 384, Metric.COSINE));
        assertThat(collection.settings().chunking()).isEqualTo(new Chunking(200, 20));
        assertThat(collection.settings().language()).isEqualTo(Language.ENGLISH);
        assertThat(collection.settings().metadataSchema()).isNull();
        assertThat(collection.settings().requireIfMatch()).isFalse();
        assertThat(collection.settings().history()).isEqualTo(new HistorySettings(10, 90));
        assertThat(collection.version()).isEqualTo(1);
        assertThat(collection.createdAt()).isEqualTo(collection.updatedAt()).isEqualTo(NOW);
        assertThat(collection.id().version()).isEqualTo(7);
    }

    @Test
    void takesWhatIsSaid() {
        Map<String, Object> schema = Map.of("type", "object");
        Collection collection = create(new CollectionDraft(
                "notes",
                "All of them",
                new Embedding("big", 1024, "dot"),
                new Chunks(1000, 500),
                "german",
                schema,
                true,
                new History(0, 7),
                "pgvector",
                "P30D",
                List.of("year", "author.first\\.name", "\\$price")));
        assertThat(collection.description()).isEqualTo("All of them");
        assertThat(collection.embedding()).isEqualTo(new EmbeddingSettings("big", 1024, Metric.DOT));
        assertThat(collection.settings().chunking()).isEqualTo(new Chunking(1000, 500));
        assertThat(collection.settings().language()).isEqualTo(Language.GERMAN);
        assertThat(collection.settings().metadataSchema()).isEqualTo(schema);
        assertThat(collection.settings().indexes())
                .containsExactly(
                        new FieldPath(List.of("year")),
                        new FieldPath(List.of("author", "first.name")),
                        new FieldPath(List.of("$price")));
        assertThat(collection.settings().requireIfMatch()).isTrue();
        assertThat(collection.settings().history()).isEqualTo(new HistorySettings(0, 7));
    }

    @Test
    void chunksAreAsLongAsSuitsTheModel() {
        Collection big = create(withEmbedding(new Embedding("big", null, null)));
        assertThat(big.settings().chunking()).isEqualTo(new Chunking(480, 20));
        Collection own = create(withEmbedding(new Embedding("none", 3, null)));
        assertThat(own.settings().chunking()).isEqualTo(new Chunking(200, 20));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "7",
                "a-b",
                "a_b",
                "0-_-0",
                "a123456789012345678901234567890123456789012345678901234567890123"
            })
    void goodNames(String name) {
        assertThat(create(draft(name)).name()).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "A",
                "ä",
                "-a",
                "a-",
                "_a",
                "a_",
                "a b",
                "a/b",
                "a.b",
                "a\n",
                "a\u0000",
                "a1234567890123456789012345678901234567890123456789012345678901234"
            })
    void badNames(String name) {
        assertThat(broken(() -> create(draft(name))))
                .extracting(Violation::pointer, Violation::code)
                .containsExactly(tuple("/name", "collection.name"));
    }

    @Test
    void ownVectorsNeedALength() {
        assertThat(create(withEmbedding(new Embedding("none", 4096, "euclidean")))
                        .embedding())
                .isEqualTo(new EmbeddingSettings("none", 4096, Metric.EUCLIDEAN));
        assertThat(create(withEmbedding(new Embedding("none", 1, null)))
                        .embedding()
                        .dimensions())
                .isEqualTo(1);
        for (Integer bad : new Integer[] {null, 0, -1, 4097}) {
            assertThat(broken(() -> create(withEmbedding(new Embedding("none", bad, null)))))
                    .extracting(Violation::pointer, Violation::code)
                    .containsExactly(tuple("/embedding/dimensions", "collection.embedding.dimensions"));
        }
    }

    @Test
    void aModelHasItsOwnLength() {
        assertThat(create(withEmbedding(new Embedding("big", null, null)))
                        .embedding()
                        .dimensions())
                .isEqualTo(1024);
        assertThat(broken(() -> create(withEmbedding(new Embedding("big", 384, null)))))
                .extracting(Violation::pointer, Violation::code)
                .containsExactly(tuple("/embedding/dimensions", "collection.embedding.dimensions"));
    }

    @Test
    void anUnknownModelIsToldWhichThereAre() {
        assertThat(broken(() -> create(withEmbedding(new Embedding("huge", null, null)))))
                .singleElement()
                .satisfies(violation -> {
                    assertThat(violation.code()).isEqualTo("collection.embedding.model");
                    assertThat(violation.message()).contains("small", "big", "none");
                });
    }

    @ParameterizedTest
    @CsvSource({"16, 0", "16, 8", "254, 127", "200, 20"})
    void goodChunks(int maxTokens, int overlapTokens) {
        assertThat(create(withChunks(new Chunks(maxTokens, overlapTokens)))
                        .settings()
                        .chunking())
                .isEqualTo(new Chunking(maxTokens, overlapTokens));
    }

    @ParameterizedTest
    @CsvSource({
        "15, 0, max_tokens, maxTokens",
        "255, 0, max_tokens, maxTokens",
        "0, 0, max_tokens, maxTokens",
        "-5, -5, max_tokens, maxTokens",
        "16, 9, overlap_tokens, overlapTokens",
        "16, -1, overlap_tokens, overlapTokens"
    })
    void badChunks(int maxTokens, int overlapTokens, String code, String member) {
        assertThat(broken(() -> create(withChunks(new Chunks(maxTokens, overlapTokens)))))
                .extracting(Violation::pointer, Violation::code)
                .containsExactly(tuple("/chunking/" + member, "collection.chunking." + code));
    }

    /** What has no model has no upper end. */
    @Test
    void saysWhichChunksThereAre() {
        assertThat(broken(() -> create(withChunks(new Chunks(1, 0)))))
                .extracting(Violation::message)
                .containsExactly("A chunk has at least 16 and at most 254 tokens.");
        CollectionDraft ownVectors = new CollectionDraft(
                "notes",
                null,
                new Embedding("none", 2, null),
                new Chunks(1, 0),
                null,
                null,
                null,
                null,
                null,
                null,
                null);
        assertThat(broken(() -> create(ownVectors)))
                .extracting(Violation::message)
                .containsExactly("A chunk has at least 16 tokens.");
    }

    @Test
    void aShortChunkOverlapsLess() {
        assertThat(create(withChunks(new Chunks(40, null))).settings().chunking())
                .isEqualTo(new Chunking(40, 10));
        assertThat(create(withChunks(new Chunks(null, 5))).settings().chunking())
                .isEqualTo(new Chunking(200, 5));
    }

    @Test
    void allBrokenRulesAtOnce() {
        CollectionDraft bad = new CollectionDraft(
                "No",
                "x".repeat(1001),
                new Embedding("none", 0, "taxicab"),
                new Chunks(1, 1),
                "klingon",
                Map.of("$schema", "urn:old"),
                null,
                new History(1001, 0),
                "elastic",
                "P1M",
                Arrays.asList("year", "year", "a..b", null, "x".repeat(1025), "$createdAt"));
        assertThat(broken(() -> create(bad)))
                .extracting(Violation::pointer)
                .containsExactlyInAnyOrder(
                        "/name",
                        "/description",
                        "/embedding/dimensions",
                        "/embedding/metric",
                        "/chunking/maxTokens",
                        "/engine",
                        "/history/maxVersions",
                        "/history/maxDays",
                        "/language",
                        "/metadataSchema/$schema",
                        "/timeToLive",
                        "/indexes/1",
                        "/indexes/2",
                        "/indexes/3",
                        "/indexes/4",
                        "/indexes/5");
    }

    @Test
    void aChangeIsOneVersionOn() {
        Collection before = create(draft("notes"));
        Collection after = later.change(
                before,
                new CollectionDraft(null, "New", null, null, "none", null, true, null, null, null, null),
                OFFER);
        assertThat(after.id()).isEqualTo(before.id());
        assertThat(after.name()).isEqualTo("notes");
        assertThat(after.version()).isEqualTo(2);
        assertThat(after.createdAt()).isEqualTo(NOW);
        assertThat(after.updatedAt()).isEqualTo(NOW.plus(Duration.ofDays(1)));
        assertThat(after.description()).isEqualTo("New");
        assertThat(after.settings().language()).isEqualTo(Language.NONE);
        assertThat(after.settings().requireIfMatch()).isTrue();
    }

    @Test
    void whatAChangeDoesNotSayGoesBackButForTheEmbedding() {
        Collection before = create(new CollectionDraft(
                "notes",
                "Old",
                new Embedding("big", null, "dot"),
                new Chunks(99, 9),
                "german",
                Map.of(),
                true,
                new History(5, null),
                "pgvector",
                "PT1H",
                List.of("year")));
        Collection after = later.change(before, draft(null), OFFER);
        assertThat(after.embedding()).isEqualTo(before.embedding());
        assertThat(after.settings().index()).isEqualTo(IndexSettings.in("pgvector"));
        assertThat(after.description()).isNull();
        assertThat(after.settings().chunking()).isEqualTo(new Chunking(480, 20));
        assertThat(after.settings().language()).isEqualTo(Language.ENGLISH);
        assertThat(after.settings().metadataSchema()).isNull();
        assertThat(after.settings().requireIfMatch()).isFalse();
    }

    @Test
    void aChangeOfNothingIsNone() {
        Collection before = create(draft("notes"));
        assertThat(later.change(before, draft("notes"), OFFER)).isSameAs(before);
    }

    @Test
    void nameEmbeddingAndEngineStay() {
        Collection before = create(draft("notes"));
        assertThat(broken(() -> later.change(before, draft("others"), OFFER)))
                .extracting(Violation::pointer, Violation::code)
                .containsExactly(tuple("/name", "collection.name.immutable"));
        assertThat(broken(() -> later.change(before, withEmbedding(new Embedding("none", 384, null)), OFFER)))
                .extracting(Violation::pointer, Violation::code)
                .containsExactly(tuple("/embedding", "collection.embedding.immutable"));
        assertThat(broken(() -> later.change(before, withEngine("pgvector"), OFFER)))
                .extracting(Violation::pointer, Violation::code)
                .containsExactly(tuple("/engine", "collection.engine.immutable"));
        assertThat(later.change(before, withEngine("lucene"), OFFER)).isSameAs(before);
    }

    private Collection create(CollectionDraft draft) {
        return factory.create(draft, OFFER);
    }

    private static CollectionDraft draft(@Nullable String name) {
        return new CollectionDraft(name, null, null, null, null, null, null, null, null, null, null);
    }

    private static CollectionDraft withEmbedding(Embedding embedding) {
        return new CollectionDraft("notes", null, embedding, null, null, null, null, null, null, null, null);
    }

    private static CollectionDraft withEngine(String engine) {
        return new CollectionDraft("notes", null, null, null, null, null, null, null, engine, null, null);
    }

    private static CollectionDraft withChunks(Chunks chunks) {
        return new CollectionDraft("notes", null, null, chunks, null, null, null, null, null, null, null);
    }

    private static List<Violation> broken(ThrowingCallable work) {
        return assertThatExceptionOfType(Refusal.Rejected.class)
                .isThrownBy(work)
                .actual()
                .violations();
    }
}
