package dev.tandem.index.lucene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.collection.Language;
import dev.tandem.domain.embedding.Metric;
import dev.tandem.domain.metadata.Filter;
import dev.tandem.domain.search.KeywordMatch;
import dev.tandem.index.Entries;
import dev.tandem.index.IndexEntry;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Execution(CONCURRENT)
class KeywordSearchTest {

    private static final UUID WHALES = UUID.randomUUID();
    private static final UUID SHIPS = UUID.randomUUID();
    private static final UUID BARE = UUID.randomUUID();

    @TempDir
    Path directory;

    private final Collection english = Entries.collection(Language.ENGLISH, Metric.COSINE, 2);
    private LuceneFixture lucene;

    @BeforeEach
    void open() {
        lucene = new LuceneFixture(TestConfig.in(directory));
        lucene.build(
                english,
                Entries.text(WHALES, "Whales", "They are hunted by ships."),
                Entries.text(SHIPS, "Ships", "They sail, and a few of them hunt whales across every sea there is."),
                Entries.text(BARE, null, null));
    }

    @AfterEach
    void close() {
        lucene.close();
    }

    @Test
    @DisplayName("words in any form are found, those in the title first")
    void stems() {
        assertThat(lucene.withWords(english, "whale")).containsExactly(WHALES, SHIPS);
        assertThat(lucene.withWords(english, "SHIP")).containsExactly(SHIPS, WHALES);
        assertThat(lucene.withWords(english, "hunting")).containsExactlyInAnyOrder(WHALES, SHIPS);
        assertThat(lucene.withWords(english, "sail dragons")).containsExactly(SHIPS);
    }

    @Test
    @DisplayName("scores are positive and descend")
    void scores() {
        List<KeywordMatch> matches = lucene.search(english, "whale ship sea", null, Filter.EVERYTHING, 10)
                .byWords();
        assertThat(matches)
                .hasSize(2)
                .isSortedAccordingTo(
                        Comparator.comparingDouble(KeywordMatch::score).reversed());
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
        assertThat(lucene.withWords(english, text)).hasSizeLessThanOrEqualTo(2);
    }

    @Test
    @DisplayName("a huge text is searched for by its first words")
    void hugeText() {
        Random random = new Random(1);
        String words = random.ints(100_000, 0, 1_000_000).mapToObj(i -> "w" + i).collect(Collectors.joining(" "));
        assertThat(lucene.withWords(english, "whale " + words)).containsExactly(WHALES, SHIPS);
        assertThat(lucene.withWords(english, words + " whale")).isEmpty();
        assertThat(lucene.withWords(english, "x".repeat(1_000_000))).isEmpty();
    }

    @Test
    @DisplayName("a collection of titles only, or of contents only, is searched as well")
    void oneFieldOnly() {
        Collection titles = Entries.collection(Language.NONE, Metric.COSINE, 2);
        lucene.build(titles, Entries.text(WHALES, "Whales", null));
        assertThat(lucene.withWords(titles, "whales")).containsExactly(WHALES);
        Collection contents = Entries.collection(Language.NONE, Metric.COSINE, 2);
        lucene.build(contents, Entries.text(WHALES, null, "Whales"));
        assertThat(lucene.withWords(contents, "whales")).containsExactly(WHALES);
        assertThat(lucene.withWords(contents, "whale")).isEmpty();
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
        lucene.build(collection, entries);
        assertThat(lucene.withWords(collection, "Säugetier"))
                .contains(entries[0].document().id());
        assertThat(lucene.withWords(collection, "鯨は哺乳類です"))
                .contains(entries[1].document().id());
    }
}
