package dev.tandem.embedding.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.embedding.Tokens;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordCountTest {

    @ParameterizedTest
    @CsvSource({
        "tea, tea",
        "leaves, lea|ves",
        "Granite and basalt, Gra|nit|e|and|bas|alt",
        "NATO, NAT|O",
        "'it''s', it|'|s",
        "v12, v|1|2",
        "getName, g|e|t|N|a|m|e",
        "1999, 1|9|9|9",
        "'a\u00a0b', a|b",
        "für, f|ü|r",
        "東京, 東|京",
        "'\uD83D\uDE00!', \uD83D\uDE00|!"
    })
    void countsRatherTooMuch(String text, String tokens) {
        assertThat(pieces(text)).containsExactly(tokens.split("\\|"));
    }

    @Test
    void aWordThatIsTooLongForALanguageIsCountedByItsCharacters() {
        assertThat(pieces("a".repeat(24))).hasSize(8);
        assertThat(pieces("a".repeat(25))).hasSize(25);
    }

    /** What the chunker relies on. */
    @Test
    void tokensAreInOrderAndCoverAllButWhiteSpace() {
        Random random = new Random(7);
        String alphabet = "aB3 \n\t\u00a0\u200b-ü東\uD83D\uDE00";
        for (int run = 0; run < 2_000; run++) {
            StringBuilder text = new StringBuilder();
            random.ints(random.nextInt(40), 0, alphabet.codePointCount(0, alphabet.length()))
                    .map(i -> alphabet.codePointAt(alphabet.offsetByCodePoints(0, i)))
                    .forEach(text::appendCodePoint);
            Tokens tokens = WordCount.INSTANCE.tokenize(text.toString());
            int at = 0;
            for (int i = 0; i < tokens.count(); i++) {
                assertThat(text.substring(at, tokens.start(i)).replace('\u00a0', ' '))
                        .isBlank();
                assertThat(tokens.end(i)).isGreaterThan(tokens.start(i));
                assertThat(Character.isLowSurrogate(text.charAt(tokens.start(i))))
                        .isFalse();
                at = tokens.end(i);
            }
            assertThat(text.substring(at).replace('\u00a0', ' ')).isBlank();
            String other = "b1 c";
            assertThat(WordCount.INSTANCE.tokenize(text + "\n" + other).count()).isEqualTo(tokens.count() + 3);
        }
    }

    private static List<String> pieces(String text) {
        Tokens tokens = WordCount.INSTANCE.tokenize(text);
        return IntStream.range(0, tokens.count())
                .mapToObj(i -> text.substring(tokens.start(i), tokens.end(i)))
                .toList();
    }
}
