package dev.tandem.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.collection.Language;
import dev.tandem.domain.embedding.Metric;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every index of words promises of names, stop words, scripts without spaces and letters with marks: found, best spelled first. */
public abstract class SpellingIndexContract extends EngineContract {

    @BeforeEach
    void wordsAreAsked() {
        requires(Engine.Capability.KEYWORDS);
    }

    /** The texts that a query finds, best first. */
    private List<String> found(Language language, String query, String... texts) {
        Collection collection = Entries.collection(language, Metric.COSINE, 2);
        Map<UUID, String> written = new LinkedHashMap<>();
        List<IndexEntry> entries = new ArrayList<>();
        for (String text : texts) {
            UUID id = UUID.randomUUID();
            written.put(id, text);
            entries.add(Entries.text(id, null, text));
        }
        engine().build(collection, entries.toArray(IndexEntry[]::new));
        return engine().withWords(collection, query).stream().map(written::get).toList();
    }

    @ParameterizedTest
    @DisplayName("a query of nothing but stop words finds them, in this order first")
    @ValueSource(
            strings = {
                "to be or not to be",
                "it is what it is",
                "that is that",
                "they will be there",
                "this or that",
                "no if or but",
                "not for the",
                "such as these",
                "was it the",
                "and then there was",
                "into the",
                "by and by",
            })
    void stopWords(String phrase) {
        String reversed = String.join(" ", List.of(phrase.split(" ")).reversed()) + " tea";
        assertThat(found(Language.ENGLISH, phrase, "coffee", reversed, phrase + " tea"))
                .first()
                .isEqualTo(phrase + " tea");
    }

    @ParameterizedTest
    @DisplayName(
            "words next to each other as in the query rank higher than the same words apart, in a text that is not longer")
    @CsvSource({
        "history of green tea in japan, a history of japan with green tea and more, a history of japan with tea and green hills",
        "solid state drive for laptop, the laptop has a solid state disk to drive, the laptop has a state of solid drive",
        "how the deep sea was mapped, mapped at last was a coast and deep sea, mapped at last was a deep coast and sea",
        "red light at night, night fell and red light shone there, night fell and light shone red there",
    })
    void neighbours(String query, String together, String apart) {
        assertThat(found(Language.ENGLISH, query, apart, "coffee", together))
                .first()
                .isEqualTo(together);
    }

    @ParameterizedTest
    @DisplayName("stop words rank what has them higher")
    @CsvSource({
        "not working, working",
        "to sleep, sleep",
        "the who, who",
        "in transit, transit",
        "no smoking, smoking",
        "for sale, sale",
        "without an end, without end",
        "such luck, luck",
        "at sea, sea",
        "on fire, fire",
    })
    void stopWordsRank(String with, String without) {
        assertThat(found(Language.ENGLISH, with, without, with, "coffee"))
                .startsWith(with)
                .contains(without);
    }

    @ParameterizedTest
    @DisplayName("signs at the end of a name make it another name")
    @CsvSource({
        "C++, C, C#",
        "C#, C, C++",
        "C, C++, C#",
        "F#, F, F++",
        "G++, G, G#",
        "J#, J, J++",
        "notepad++, notepad, notepad#",
        "A+, A, A#",
        "Q#, Q, Q+",
        "x++, x, x#",
    })
    void signedNames(String name, String other, String third) {
        assertThat(found(
                        Language.ENGLISH,
                        name,
                        "we write " + third + " here",
                        "we write " + other + " here",
                        "we write " + name + " here"))
                .first()
                .isEqualTo("we write " + name + " here");
    }

    @ParameterizedTest
    @DisplayName("a name is found by its parts, and what is spelled like the query comes first")
    @CsvSource({
        "node, Node.js",
        "js, Node.js",
        "user, getUserById",
        "users, getUserById",
        "ttl, img_data_ttl",
        "img, img_data_ttl",
        "123, AB-123/4",
        "doe, john.doe@example.com",
        "example, john.doe@example.com",
        "name, user.name",
        "case, snake_case_name",
        "camel, camelCaseName",
        "dot, dot.separated.key",
        "plus, a+b/plus",
        "file, /var/log/file.txt",
    })
    void partsOfNames(String part, String name) {
        assertThat(found(Language.ENGLISH, part, "of " + name + " here", "of " + part + " here", "of coffee here"))
                .containsExactly("of " + part + " here", "of " + name + " here");
        assertThat(found(Language.ENGLISH, name, "of " + part + " here", "of " + name + " here", "of coffee here"))
                .first()
                .isEqualTo("of " + name + " here");
    }

    @ParameterizedTest
    @DisplayName("an address is found by itself, and before others that share a part with it")
    @CsvSource({
        "ann@example.com, ben@example.com",
        "ann@example.com, ann@example.org",
        "ann.lee@example.com, ann.poe@example.com",
        "info@tea.example.org, info@coffee.example.org",
        "o'neil@example.ie, neil@example.ie",
        "first+tag@example.net, first@example.net",
        "a_b@example.com, a-b@example.com",
        "x@sub.example.co.uk, x@example.co.uk",
        "https://example.org/tea?x=1, https://example.org/coffee?x=1",
        "www.example.org, mail.example.org",
        "+49 30 1234567, +49 30 7654321",
        "192.168.0.17, 192.168.0.18",
    })
    void addresses(String address, String other) {
        for (Language language : List.of(Language.NONE, Language.ENGLISH, Language.GERMAN)) {
            assertThat(found(language, address, "to " + other + " now", "to " + address + " now", "of coffee here"))
                    .as("%s", language)
                    .first()
                    .isEqualTo("to " + address + " now");
        }
    }

    @ParameterizedTest
    @DisplayName("one character of a script without spaces is a word, and two are")
    @CsvSource({
        "本, 私の本です",
        "駅, 東京駅に行く",
        "水, 水を飲む",
        "東京 駅, 東京の古い駅",
        "図書 本, 図書館で本を読む",
        "书, 图书馆",
        "馆, 图书馆",
        "中国 人, 中国的人",
        "한, 한국어",
        "ア, アメリカ",
        "の, 私の本",
        "京, 東京",
    })
    void characters(String query, String text) {
        assertThat(found(Language.CJK, query, "coffee", text)).containsExactly(text);
    }

    static Stream<Arguments> marks() {
        return Stream.of(
                arguments("café", "cafe"),
                arguments("résumé", "resume"),
                arguments("naïve", "naive"),
                arguments("Zürich", "Zurich"),
                arguments("São", "Sao"),
                arguments("jalapeño", "jalapeno"),
                arguments("façade", "facade"),
                arguments("Łódź", "Lodz"),
                arguments("smörgås", "smorgas"),
                arguments("crème", "creme"),
                arguments("Dvořák", "Dvorak"),
                arguments("ırmak", "irmak"));
    }

    @ParameterizedTest
    @DisplayName("letters meet with and without marks, what is spelled alike first")
    @MethodSource("marks")
    void marksAreFolded(String with, String without) {
        for (Language language : List.of(Language.NONE, Language.ENGLISH, Language.FRENCH)) {
            assertThat(found(language, without, with + " here", without + " here", "coffee"))
                    .as("%s", language)
                    .containsExactly(without + " here", with + " here");
            assertThat(found(language, with, without + " here", with + " here", "coffee"))
                    .as("%s", language)
                    .containsExactly(with + " here", without + " here");
        }
    }

    @ParameterizedTest
    @DisplayName("the ways that Unicode has to write the same are the same")
    @MethodSource("marks")
    void normalForms(String with, String without) {
        String decomposed = Normalizer.normalize(with, Normalizer.Form.NFD);
        assertThat(found(Language.ENGLISH, with, decomposed)).containsExactly(decomposed);
        assertThat(found(Language.ENGLISH, decomposed, with)).containsExactly(with);
        String wide = without.codePoints()
                .map(c -> c > ' ' && c < 0x7F ? c + 0xFEE0 : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        assertThat(found(Language.NONE, without, wide)).containsExactly(wide);
        assertThat(found(Language.NONE, wide, without)).containsExactly(without);
    }

    @ParameterizedTest
    @DisplayName("in every language a name, a number and a stop word are found")
    @EnumSource(Language.class)
    void everyLanguage(Language language) {
        assertThat(found(language, "AB-123/4", "box AB-123/4", "coffee")).containsExactly("box AB-123/4");
        assertThat(found(language, "getUserById", "box getUserById", "coffee")).containsExactly("box getUserById");
    }

    @ParameterizedTest
    @DisplayName("a letter of its own is no other letter with a mark")
    @CsvSource({
        "SWEDISH, får, far",
        "SWEDISH, höra, hora",
        "SWEDISH, gås, gas",
        "SPANISH, año, ano",
        "SPANISH, caña, cana",
        "DANISH, må, ma",
        "DANISH, lår, lar",
        "NORWEGIAN, båt, bat",
        "NORWEGIAN, øl, ol",
        "FINNISH, säde, sade",
        "FINNISH, väri, vari",
    })
    void lettersOfTheirOwn(Language language, String word, String other) {
        assertThat(found(language, other, word + " x", other + " x")).containsExactly(other + " x");
    }

    @ParameterizedTest
    @DisplayName("Turkish letters with and without a dot meet")
    @CsvSource({
        "ISTANBUL, istanbul",
        "istanbul, ISTANBUL",
        "İSTANBUL, ıstanbul",
        "ıstanbul, İSTANBUL",
        "İzmir, izmir",
        "IZMIR, İzmir",
        "ırmak, IRMAK",
        "irmak, ırmak",
        "DIYARBAKIR, Diyarbakır",
        "diyarbakır, DİYARBAKIR",
        "KIZ, kız",
        "ışık, IŞIK",
    })
    void dots(String query, String text) {
        assertThat(found(Language.TURKISH, query, text)).containsExactly(text);
        assertThat(found(Language.NONE, query, text)).containsExactly(text);
    }
}
