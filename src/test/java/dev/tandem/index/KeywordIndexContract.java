package dev.tandem.index;

import static java.util.Comparator.comparingDouble;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.collection.Language;
import dev.tandem.domain.embedding.Metric;
import dev.tandem.domain.embedding.Vector;
import dev.tandem.domain.metadata.DocumentField;
import dev.tandem.domain.metadata.FieldPath;
import dev.tandem.domain.metadata.Filter;
import dev.tandem.domain.metadata.Metadata;
import dev.tandem.domain.search.KeywordMatch;
import dev.tandem.domain.search.SearchText;
import dev.tandem.domain.search.SearchText.Clause;
import dev.tandem.domain.search.SearchText.Kind;
import dev.tandem.domain.search.SearchText.Occur;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The promises of every keyword index: documents are found by words in any form of the collection's language, best first. */
public abstract class KeywordIndexContract extends EngineContract {

    private static final UUID WHALES = UUID.randomUUID();
    private static final UUID SHIPS = UUID.randomUUID();
    private static final UUID BARE = UUID.randomUUID();

    private static final Offset<Double> PRECISION = Offset.offset(1e-4);

    private final Collection english = Entries.collection(Language.ENGLISH, Metric.COSINE, 2);

    @BeforeEach
    void build() {
        requires(Engine.Capability.KEYWORDS);
        engine().build(
                        english,
                        Entries.text(WHALES, "Whales", "They are hunted by ships."),
                        Entries.text(
                                SHIPS, "Ships", "They sail, and a few of them hunt whales across every sea there is."),
                        Entries.text(BARE, null, null));
    }

    private List<KeywordMatch> matches(String text, Filter filter, int limit) {
        return engine().search(english, text, null, filter, limit).byWords();
    }

    @Test
    @DisplayName("words in any form are found, those in the title first")
    void stems() {
        assertThat(engine().withWords(english, "whale")).containsExactly(WHALES, SHIPS);
        assertThat(engine().withWords(english, "SHIP")).containsExactly(SHIPS, WHALES);
        assertThat(engine().withWords(english, "hunting")).containsExactlyInAnyOrder(WHALES, SHIPS);
        assertThat(engine().withWords(english, "sail dragons")).containsExactly(SHIPS);
    }

    @Test
    @DisplayName("all documents that match are counted, however many are asked for, and only if that is asked for")
    void counts() {
        Collection many = Entries.collection(Language.ENGLISH, Metric.COSINE, 2);
        IndexEntry[] entries = IntStream.range(0, 60)
                .mapToObj(i -> Entries.text(
                        UUID.randomUUID(), i % 3 == 0 ? "A whale" : "A ship", i % 2 == 0 ? "at sea" : "ashore"))
                .toArray(IndexEntry[]::new);
        engine().build(many, entries);
        assertThat(counted(many, SearchText.plain("whales"))).isEqualTo(20);
        assertThat(counted(many, SearchText.plain("whales sea"))).isEqualTo(40);
        assertThat(counted(
                        many,
                        new SearchText(
                                "+whales -sea",
                                List.of(
                                        new Clause(Occur.MUST, Kind.WORDS, "whales"),
                                        new Clause(Occur.MUST_NOT, Kind.WORDS, "sea")))))
                .isEqualTo(10);
        assertThat(counted(many, SearchText.plain("dragons"))).isZero();
        assertThat(counted(many, SearchText.plain("..."))).isZero();
        Filter none = new Filter.In(DocumentField.ID, List.of(UUID.randomUUID().toString()));
        assertThat(counted(many, SearchText.plain("whales"), none)).isZero();
        Filter one = new Filter.In(
                DocumentField.ID, List.of(entries[0].document().id().toString()));
        assertThat(counted(many, SearchText.plain("whales"), one)).isEqualTo(1);
        assertThat(engine().search(many, "whales", null, Filter.EVERYTHING, 3).matching())
                .isNull();
        engine().delete(many, 7, entries[0].document().id());
        assertThat(counted(many, SearchText.plain("whales"))).isEqualTo(19);
    }

    private @Nullable Long counted(Collection collection, SearchText text) {
        return counted(collection, text, Filter.EVERYTHING);
    }

    private @Nullable Long counted(Collection collection, SearchText text, Filter filter) {
        return EngineFixture.await(engine().of(collection)
                        .search(new CandidateQuery(text, null, List.of(), filter, 3, null, true)))
                .matching();
    }

    @Test
    @DisplayName("scores are positive and descend")
    void scores() {
        List<KeywordMatch> matches = matches("whale ship sea", Filter.EVERYTHING, 10);
        assertThat(matches)
                .hasSize(2)
                .isSortedAccordingTo(comparingDouble(KeywordMatch::score).reversed());
        assertThat(matches).allSatisfy(match -> assertThat(match.score()).isPositive());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "the of and",
                "... !? —",
                "\u0000",
                "\uD800",
                "AND OR NOT",
                "title:whales*",
                "\"",
                "((",
                "😀"
            })
    @DisplayName("a text is words, whatever it looks like, and may hold none")
    void oddTexts(String text) {
        assertThat(engine().withWords(english, text)).hasSizeLessThanOrEqualTo(2);
    }

    @Test
    @DisplayName("a huge text is searched for by its first words")
    void hugeText() {
        Random random = new Random(1);
        String words = random.ints(100_000, 0, 1_000_000).mapToObj(i -> "w" + i).collect(Collectors.joining(" "));
        assertThat(engine().withWords(english, "whale " + words)).containsExactly(WHALES, SHIPS);
        assertThat(engine().withWords(english, words + " whale")).isEmpty();
        assertThat(engine().withWords(english, "x".repeat(1_000_000))).isEmpty();
    }

    @Test
    @DisplayName("a collection of titles only, or of contents only, is searched as well")
    void oneFieldOnly() {
        Collection titles = Entries.collection(Language.NONE, Metric.COSINE, 2);
        engine().build(titles, Entries.text(WHALES, "Whales", null));
        assertThat(engine().withWords(titles, "whales")).containsExactly(WHALES);
        Collection contents = Entries.collection(Language.NONE, Metric.COSINE, 2);
        engine().build(contents, Entries.text(WHALES, null, "Whales"));
        assertThat(engine().withWords(contents, "whales")).containsExactly(WHALES);
        assertThat(engine().withWords(contents, "whale")).isEmpty();
    }

    @Test
    @DisplayName("a text's length is counted without its stop words")
    void lengths() {
        Collection collection = Entries.collection(Language.ENGLISH, Metric.COSINE, 2);
        engine().build(
                        collection,
                        Entries.text(SHIPS, null, "whales below ships"),
                        Entries.text(WHALES, null, "and it is to be with the whales that they are in there"));
        assertThat(engine().withWords(collection, "whale")).containsExactly(WHALES, SHIPS);
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("every language finds a document by its own text, and takes any other")
    void languages(Language language) {
        Collection collection = Entries.collection(language, Metric.COSINE, 2);
        List<String> texts = List.of(
                "Der Wal ist ein Säugetier",
                "鯨は哺乳類です",
                "ปลาวาฬเป็นสัตว์เลี้ยงลูกด้วยนม",
                "الحوت حيوان ثديي",
                "кит это млекопитающее",
                "a b c",
                "x".repeat(100_000),
                "ก".repeat(100_000),
                "\uD800\uDC00\uD800",
                "\u0000");
        IndexEntry[] entries = texts.stream()
                .map(text -> Entries.text(UUID.randomUUID(), text, text))
                .toArray(IndexEntry[]::new);
        engine().build(collection, entries);
        assertThat(engine().withWords(collection, "Säugetier"))
                .contains(entries[0].document().id());
        assertThat(engine().withWords(collection, "鯨は哺乳類です"))
                .contains(entries[1].document().id());
    }

    @Test
    @DisplayName("an empty index finds nothing")
    void empty() {
        Collection nothing = Entries.collection(Language.ENGLISH, Metric.COSINE, 2);
        engine().build(nothing);
        assertThat(engine().withWords(nothing, "whale")).isEmpty();
    }

    @Test
    @DisplayName("without a text, a keyword search finds nothing")
    void withoutText() {
        engine().save(english, 5, Entries.entry(BARE, "Whales", null, Metadata.EMPTY, Vector.of(1, 0)));
        assertThat(engine().search(english, null, Vector.of(1, 0), Filter.EVERYTHING, 10)
                        .byWords())
                .isEmpty();
        assertThat(engine().search(english, null, null, Filter.EVERYTHING, 10).byWords())
                .isEmpty();
    }

    @Test
    @DisplayName("a document that is saved again is found by its new words only, one that is gone by none")
    void updates() {
        engine().save(english, 5, Entries.text(WHALES, "Dolphins", null));
        assertThat(engine().withWords(english, "whale")).containsExactly(SHIPS);
        assertThat(engine().withWords(english, "dolphin")).containsExactly(WHALES);
        engine().delete(english, 6, SHIPS, BARE);
        assertThat(engine().withWords(english, "whale")).isEmpty();
        assertThat(engine().withWords(english, "dolphin ship")).containsExactly(WHALES);
    }

    @Test
    @DisplayName("documents that say the same are all found, with the same score")
    void ties() {
        List<UUID> same = sayTheSame(200);
        List<KeywordMatch> matches = matches("dolphin", Filter.EVERYTHING, 1_000);
        assertThat(matches).extracting(KeywordMatch::documentId).containsExactlyInAnyOrderElementsOf(same);
        double score = matches.getFirst().score();
        assertThat(matches).allSatisfy(match -> assertThat(match.score()).isEqualTo(score, PRECISION));
    }

    @Test
    @DisplayName("no more than the best are found, each once")
    void limits() {
        sayTheSame(200);
        List<KeywordMatch> all = matches("dolphin whale", Filter.EVERYTHING, 1_000);
        assertThat(all).hasSize(202);
        for (int limit : new int[] {1, 2, 3, 50, 201, 202, 203}) {
            List<KeywordMatch> best = matches("dolphin whale", Filter.EVERYTHING, limit);
            assertThat(best).hasSize(Math.min(limit, 202));
            assertThat(best).extracting(KeywordMatch::documentId).doesNotHaveDuplicates();
            assertThat(best)
                    .isSortedAccordingTo(comparingDouble(KeywordMatch::score).reversed());
            for (int i = 0; i < best.size(); i++) {
                assertThat(best.get(i).score()).isEqualTo(all.get(i).score(), PRECISION);
            }
        }
    }

    /** Words that stand next to each other counted for as many documents as were asked for. */
    @Test
    @DisplayName("the first places are the same, however many are asked for")
    void firstPlaces() {
        Collection many = Entries.collection(Language.ENGLISH, Metric.COSINE, 2);
        List<IndexEntry> entries = new ArrayList<>();
        for (int i = 0; i < 250; i++) {
            entries.add(Entries.text(UUID.randomUUID(), null, "tea green"));
        }
        entries.add(Entries.text(UUID.randomUUID(), null, "green tea cup"));
        engine().build(many, entries.toArray(IndexEntry[]::new));
        List<Double> few = scores(many, 5);
        assertThat(scores(many, 300)).hasSize(251).startsWith(few.toArray(Double[]::new));
        assertThat(scores(many, 230)).hasSize(230).startsWith(few.toArray(Double[]::new));
    }

    private List<Double> scores(Collection collection, int limit) {
        return engine().search(collection, "green tea", null, Filter.EVERYTHING, limit).byWords().stream()
                .map(KeywordMatch::score)
                .toList();
    }

    @Test
    @DisplayName("a filter takes documents away and leaves the others' scores and order as they are")
    void filters() {
        engine().save(
                        english,
                        5,
                        IntStream.range(0, 100)
                                .mapToObj(i -> Entries.entry(
                                        UUID.randomUUID(),
                                        "Whale".repeat(i % 2) + " dolphin " + "and more ".repeat(i),
                                        null,
                                        new Metadata(Map.of("group", i % 10))))
                                .toArray(IndexEntry[]::new));
        List<KeywordMatch> all = matches("dolphin whale", Filter.EVERYTHING, 1_000);
        List<KeywordMatch> kept = new ArrayList<>();
        for (int group = 0; group < 10; group++) {
            Filter inGroup = new Filter.Equal(FieldPath.parse("group"), (long) group);
            List<KeywordMatch> some = matches("dolphin whale", inGroup, 1_000);
            assertThat(some).hasSize(10).allMatch(all::contains);
            assertThat(matches("dolphin whale", inGroup, 4)).isEqualTo(some.subList(0, 4));
            kept.addAll(some);
        }
        assertThat(kept).doesNotHaveDuplicates().hasSize(100);
    }

    private List<UUID> sayTheSame(int documents) {
        List<IndexEntry> entries = IntStream.range(0, documents)
                .mapToObj(i -> Entries.text(UUID.randomUUID(), "A dolphin", null))
                .toList();
        engine().save(english, 5, entries.toArray(IndexEntry[]::new));
        return entries.stream().map(entry -> entry.document().id()).toList();
    }
}
