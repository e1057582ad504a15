package dev.tandem.index;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.collection.Language;
import dev.tandem.domain.embedding.Metric;
import dev.tandem.domain.embedding.Vector;
import dev.tandem.domain.metadata.Filter;
import dev.tandem.domain.metadata.Metadata;
import dev.tandem.domain.search.Candidates;
import dev.tandem.domain.search.SearchText;
import dev.tandem.domain.search.SearchText.Clause;
import dev.tandem.domain.search.SearchText.Kind;
import dev.tandem.domain.search.SearchText.Leeway;
import dev.tandem.domain.search.SearchText.Occur;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What every index of words promises of a query whose words have a leeway: typos are forgiven, the last word may go on, and the exact is first. */
public abstract class LeewayIndexContract extends EngineContract {

    protected static final Leeway FUZZY = new Leeway(true, false);
    private static final Leeway PREFIX = new Leeway(false, true);

    private final Map<UUID, String> written = new LinkedHashMap<>();
    private Collection collection = Entries.collection(Language.ENGLISH, Metric.COSINE, 2);

    @BeforeEach
    void wordsAreAsked() {
        requires(Engine.Capability.KEYWORDS);
    }

    protected final void write(Language language, String... texts) {
        collection = Entries.collection(language, Metric.COSINE, 2);
        written.clear();
        List<IndexEntry> entries = new ArrayList<>();
        for (String text : texts) {
            UUID id = UUID.randomUUID();
            written.put(id, text);
            entries.add(Entries.entry(id, null, text, Metadata.EMPTY, Vector.of(1, 0)));
        }
        engine().build(collection, entries.toArray(IndexEntry[]::new));
    }

    /** The texts that a query finds, best first. */
    private List<String> found(SearchText query) {
        return engine().withWords(collection, query).stream().map(written::get).toList();
    }

    protected final List<String> found(String query, Leeway leeway) {
        return found(SearchText.plain(query).with(leeway));
    }

    @ParameterizedTest
    @DisplayName("a word is found with a typo in it, in stem and ending, with accents and without")
    @CsvSource({
        "whlae, whale",
        "wale, whale",
        "whalle, whale",
        "whele, whale",
        "hunitng, hunting",
        "hutning, hunting",
        "huntign, hunting",
        "univresties, universities",
        "resmue, résumé",
        "Vitmain, vitamin",
        "МОСКАВ, Москва",
    })
    void typos(String query, String word) {
        write(Language.ENGLISH, "a " + word + " here", "coffee");
        assertThat(found(query, Leeway.NONE)).isEmpty();
        assertThat(found(query, FUZZY)).containsExactly("a " + word + " here");
    }

    @ParameterizedTest
    @DisplayName("another first letter, too many edits, a number and a name are no typos")
    @CsvSource({
        "bhale, whale",
        "hwale, whale",
        "whxxe, whale",
        "vxtxmxn, vitamin",
        "to, tea",
        "ca, cat",
        "1918, 1919",
        "ab1cd, ab1ce",
        "B12, B13",
    })
    void noTypos(String query, String word) {
        write(Language.NONE, word, "coffee");
        assertThat(found(query, FUZZY)).isEmpty();
    }

    @Test
    @DisplayName("what is alike is found exactly as the definition says")
    void oracle() {
        Random random = new Random(20);
        Set<String> vocabulary = new TreeSet<>();
        while (vocabulary.size() < 150) {
            vocabulary.add(word(1 + random.nextInt(9), random));
        }
        write(Language.NONE, vocabulary.toArray(String[]::new));
        for (int i = 0; i < 60; i++) {
            String query = word(1 + random.nextInt(9), random);
            assertThat(found(query, FUZZY))
                    .as(query)
                    .containsExactlyInAnyOrderElementsOf(vocabulary.stream()
                            .filter(word -> Typos.isLike(query, word))
                            .collect(toSet()));
            assertThat(found(query, PREFIX))
                    .as(query)
                    .containsExactlyInAnyOrderElementsOf(vocabulary.stream()
                            .filter(word -> word.startsWith(query))
                            .collect(toSet()));
        }
    }

    /** Of few letters, so that many are alike. */
    private static String word(int length, Random random) {
        return random.ints(length, 0, 3)
                .mapToObj(letter -> "abc".substring(letter, letter + 1))
                .collect(Collectors.joining());
    }

    @Test
    @DisplayName("the exact word comes first, however rare the similar one is")
    void exactFirst() {
        List<String> texts = new ArrayList<>(List.of("one whole here"));
        IntStream.range(0, 30).forEach(i -> texts.add("one whale here"));
        IntStream.range(0, 100).forEach(i -> texts.add("one cup here"));
        write(Language.ENGLISH, texts.toArray(String[]::new));
        assertThat(found("whale", FUZZY)).hasSize(31).last().isEqualTo("one whole here");
        assertThat(found("whole", FUZZY)).hasSize(31).first().isEqualTo("one whole here");
    }

    @Test
    @DisplayName("edits are counted in the word, and not in its stem")
    void editsOfTheWord() {
        write(Language.ENGLISH, "coffee", "café", "core");
        assertThat(found("cofee", FUZZY)).containsExactly("coffee");
        write(Language.ENGLISH, "the hunter's house", "huntress");
        assertThat(found("hunetr", FUZZY)).containsExactly("the hunter's house");
        write(Language.NONE, "\u00f6\u00df", "\u00f6\u00e4\u00df");
        assertThat(found("\u00f6\u00df", FUZZY)).containsExactly("\u00f6\u00df");
    }

    @Test
    @DisplayName("what is right in the other words decides among similar words")
    void otherWords() {
        write(Language.ENGLISH, "white whale", "white wheel", "black whale", "coffee");
        assertThat(found("white whlae", FUZZY)).first().isEqualTo("white whale");
        assertThat(found("whiet whlae", FUZZY)).first().isEqualTo("white whale");
    }

    @Test
    @DisplayName("a word that must be there may be a similar one, and in vector search as well")
    void demands() {
        write(Language.ENGLISH, "hot water", "cold water", "hot coffee");
        SearchText text = new SearchText(
                        "+watre -cold",
                        List.of(
                                new Clause(Occur.MUST, Kind.WORDS, "watre"),
                                new Clause(Occur.MUST_NOT, Kind.WORDS, "cold")))
                .with(FUZZY);
        assertThat(found(text)).containsExactly("hot water");
        if (can(Engine.Capability.VECTORS)) {
            Candidates near = EngineFixture.await(engine().of(collection)
                    .search(new CandidateQuery(null, Vector.of(1, 0), text.demands(), Filter.EVERYTHING, 10)));
            assertThat(byVector(near)).extracting(written::get).containsExactly("hot water");
        }
    }

    @Test
    @DisplayName("a phrase, a beginning and what must not be there are meant as they are written")
    void exactClauses() {
        write(Language.ENGLISH, "hot water", "cold drinks");
        for (Leeway leeway : List.of(FUZZY, PREFIX, new Leeway(true, true))) {
            assertThat(found(clause(Occur.SHOULD, Kind.PHRASE, "hot watre").with(leeway)))
                    .isEmpty();
            assertThat(found(clause(Occur.SHOULD, Kind.PREFIX, "watre").with(leeway)))
                    .isEmpty();
            assertThat(found(clause(Occur.MUST_NOT, Kind.WORDS, "watre").with(leeway)))
                    .hasSize(2);
            assertThat(found(clause(Occur.MUST_NOT, Kind.WORDS, "wat").with(leeway)))
                    .hasSize(2);
        }
    }

    private static SearchText clause(Occur occur, Kind kind, String text) {
        return new SearchText(text, List.of(new Clause(occur, kind, text)));
    }

    @ParameterizedTest
    @DisplayName("the last word is the beginning of one, until something follows it")
    @CsvSource({
        "hot wat, hot water",
        "wat, hot water",
        "WATE, hot water",
        "universit, many universities",
        "th, a theory",
        "the, a theory",
        "node.j, of Node.js",
        "getUs, of getUserById",
        "東京駅に, 東京駅に行く",
        "caf, a café",
    })
    void prefix(String query, String text) {
        write(Language.ENGLISH, text, "beans");
        assertThat(found(query, PREFIX)).containsExactly(text);
    }

    @ParameterizedTest
    @DisplayName("while a word is typed without its marks it is found all the time")
    @CsvSource({
        "FRENCH, g\u00e9n\u00e9rations, generations",
        "FRENCH, l'\u00e9cole, ecole",
        "GERMAN, H\u00e4uschen, haeuschen",
        "GERMAN, M\u00fcllerin, muellerin",
        "GERMAN, Stra\u00dfe, strasse",
        "GERMAN, Muellerin, m\u00fcllerin",
        "TURKISH, \u00f6\u011fretmenler, ogretmenler",
        "ROMANIAN, \u00eenv\u0103\u021b\u0103toare, invatatoare",
        "ENGLISH, caf\u00e9s, cafes",
        "ENGLISH, getUserById, user",
        "RUSSIAN, \u041c\u043e\u0441\u043a\u0432\u0430, \u043c\u043e\u0441\u043a\u0432\u0430",
    })
    void typed(Language language, String word, String typed) {
        write(language, word, "1234");
        for (int length = 2; length <= typed.length(); length++) {
            String beginning = typed.substring(0, length);
            assertThat(found(beginning, PREFIX)).as(beginning).containsExactly(word);
        }
    }

    @Test
    @DisplayName("where words are written without spaces, the last sign is finished")
    void signs() {
        write(Language.CJK, "\u6771\u4eac", "\u4eac\u90fd", "\u5317\u4eac\u5927\u5b66", "\u30b3\u30fc\u30d2\u30fc");
        assertThat(found("\u6771\u4eac", PREFIX)).containsExactly("\u6771\u4eac");
        assertThat(found("\u6771", PREFIX)).containsExactly("\u6771\u4eac");
        assertThat(found(clause(Occur.SHOULD, Kind.PREFIX, "\u6771\u4eac"))).containsExactly("\u6771\u4eac");
        assertThat(found("\u30b3\u30fc\u30d2", PREFIX)).containsExactly("\u30b3\u30fc\u30d2\u30fc");
    }

    @Test
    @DisplayName("a word that is finished, or not the last, is no beginning")
    void finished() {
        write(Language.ENGLISH, "water", "coffee");
        assertThat(found("wat ", PREFIX)).isEmpty();
        assertThat(found("wat.", PREFIX)).isEmpty();
        assertThat(found("wat beans", PREFIX)).isEmpty();
        assertThat(found("wat", FUZZY)).isEmpty();
        assertThat(found("+", PREFIX)).isEmpty();
    }

    @Test
    @DisplayName("the word itself comes before those that begin with it")
    void exactBeforePrefix() {
        List<String> texts = new ArrayList<>(List.of("one carpet here"));
        IntStream.range(0, 100).forEach(i -> texts.add("one car here"));
        write(Language.ENGLISH, texts.toArray(String[]::new));
        assertThat(found("car", PREFIX)).hasSize(101).last().isEqualTo("one carpet here");
        assertThat(found("one carp", PREFIX)).hasSize(101).first().isEqualTo("one carpet here");
    }

    @ParameterizedTest
    @DisplayName(
            "the word itself comes first also if its stem is shorter, if it is a stop word, and in its other forms")
    @CsvSource({
        "coffee, coffee, coffeepot",
        "house, house, houseboat",
        "houses, house, housesitter",
        "the, the sea, theory",
    })
    void exactBeforePrefixInAnyForm(String query, String exact, String longer) {
        List<String> texts = new ArrayList<>(List.of(longer));
        IntStream.range(0, 50).forEach(i -> texts.add(exact));
        write(Language.ENGLISH, texts.toArray(String[]::new));
        assertThat(found(query, PREFIX)).hasSize(51).startsWith(exact).last().isEqualTo(longer);
    }

    @Test
    @DisplayName("any query is answered, and any number of similar words is too few to stop it")
    void bounds() {
        Random random = new Random(3);
        String alike = Stream.generate(() -> "a"
                        + random.ints(5, 'a', 'z' + 1)
                                .mapToObj(Character::toString)
                                .collect(Collectors.joining()))
                .limit(20_000)
                .collect(Collectors.joining(" "));
        write(Language.ENGLISH, alike, "coffee");
        Leeway both = new Leeway(true, true);
        assertThat(found("abcdef cofeee", both)).contains("coffee");
        String longest = "cofeee " + alike.substring(0, 9_900);
        assertThat(found(longest, both)).containsExactlyInAnyOrder(alike, "coffee");
        for (String odd :
                List.of("", " ", "\u0000", "\uD800", "\uD800xyzxyz", "((", "*", "\"", "x".repeat(10_000), "😀😀😀😀")) {
            assertThat(found(odd, both)).isEmpty();
        }
    }
}
