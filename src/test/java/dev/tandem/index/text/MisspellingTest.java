package dev.tandem.index.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.index.Typos;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MisspellingTest {

    private static final String[] LETTERS = {"a", "b", "\u00e9", "\ud801\udc28"};

    @ParameterizedTest
    @DisplayName("the length in code points decides how many edits there may be; what is no word has none")
    @CsvSource({
        "a, 0",
        "ab, 0",
        "tea, 1",
        "water, 1",
        "waters, 2",
        "o'neil, 2",
        "\ud801\udc28\ud801\udc28, 0",
        "\ud801\udc28\ud801\udc28\ud801\udc28\ud801\udc28\ud801\udc28, 1",
        "1918, 0",
        "vitamin12, 0",
        "C++, 0",
        "node.js, 0",
    })
    void lengths(String word, int edits) {
        assertThat(Misspelling.edits(word)).isEqualTo(edits);
        assertThat(Misspelling.of(word) == null).isEqualTo(edits == 0);
    }

    @Test
    @DisplayName("what is too long is no word, and the empty one is none")
    void bounds() {
        assertThat(Misspelling.edits("x".repeat(64))).isEqualTo(2);
        assertThat(Misspelling.edits("x".repeat(65))).isZero();
        assertThat(Misspelling.edits("")).isZero();
    }

    @Test
    @DisplayName("words are alike exactly if the definition says so")
    void alike() {
        Random random = new Random(11);
        for (int i = 0; i < 2_000; i++) {
            String word = word(3, random);
            Misspelling misspelling = Objects.requireNonNull(Misspelling.of(word));
            for (int j = 0; j < 20; j++) {
                String other = word(1, random);
                assertThat(misspelling.mayMean(other)).as("%s, %s", word, other).isEqualTo(Typos.isLike(word, other));
                assertThat(misspelling.isOneEditFrom(other))
                        .as("%s, %s", word, other)
                        .isEqualTo(Typos.edits(word, other) <= 1);
            }
        }
    }

    private static String word(int shortest, Random random) {
        StringBuilder word = new StringBuilder();
        int length = shortest + random.nextInt(6);
        for (int i = 0; i < length; i++) {
            word.append(LETTERS[random.nextInt(LETTERS.length)]);
        }
        return word.toString();
    }
}
