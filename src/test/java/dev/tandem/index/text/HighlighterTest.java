package dev.tandem.index.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.domain.collection.Language;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class HighlighterTest {

    @Test
    @DisplayName("marks words in any form, in the sentences that have them, in the text's order")
    void marks() {
        Highlighter highlighter = new Highlighter(Language.ENGLISH, "whale hunting");
        assertThat(highlighter.extracts("Ships sail. They hunt Whales. The sea is deep. A whale!"))
                .containsExactly("They <em>hunt</em> <em>Whales</em>.", "A <em>whale</em>!");
    }

    @Test
    @DisplayName("no more than a few extracts")
    void few() {
        assertThat(new Highlighter(Language.ENGLISH, "whale").extracts("A whale. ".repeat(100)))
                .hasSize(Highlighter.MAX_EXTRACTS);
    }

    @Test
    @DisplayName("the text's own markup is escaped, inside of matches and outside")
    void escapes() {
        assertThat(new Highlighter(Language.NONE, "o'neil").extracts("<b>O'Neil</b> & \"co\""))
                .containsExactly("&lt;b&gt;<em>O&#39;Neil</em>&lt;/b&gt; &amp; &quot;co&quot;");
    }

    @Test
    @DisplayName("stop words are marked where a query has no other words")
    void stopWords() {
        assertThat(new Highlighter(Language.ENGLISH, "the of ?").extracts("The whale?"))
                .containsExactly("<em>The</em> whale?");
        assertThat(new Highlighter(Language.ENGLISH, "the whale").extracts("The whale?"))
                .containsExactly("The <em>whale</em>?");
    }

    @Test
    @DisplayName("nothing to show where nothing matches, nothing is asked, or nothing is there")
    void nothing() {
        assertThat(new Highlighter(Language.ENGLISH, "dragon").extracts("A whale."))
                .isEmpty();
        assertThat(new Highlighter(Language.ENGLISH, "? -").extracts("The whale?"))
                .isEmpty();
        assertThat(new Highlighter(Language.ENGLISH, "whale").extracts(null)).isEmpty();
        assertThat(new Highlighter(Language.ENGLISH, "whale").extracts(" ")).isEmpty();
    }

    @Test
    @DisplayName("a text without sentences is cut around its first match, never through a character")
    void cuts() {
        String text = "😀".repeat(5_000) + " whale " + "😀".repeat(5_000);
        List<String> extracts = new Highlighter(Language.ENGLISH, "whale").extracts(text);
        assertThat(extracts).singleElement().satisfies(extract -> {
            assertThat(extract).contains("<em>whale</em>").hasSizeLessThan(ExtractFormatter.MAX_LENGTH + 20);
            assertThat(extract.codePoints()).noneMatch(point -> point >= 0xD800 && point <= 0xDFFF);
        });
    }

    @Test
    @DisplayName("very long texts are looked at up to a bound")
    void bounded() {
        Highlighter highlighter = new Highlighter(Language.ENGLISH, "whale");
        String filler = "Word. ".repeat(Highlighter.MAX_ANALYSED / 6 + 1);
        assertThat(highlighter.extracts("A whale. " + filler)).hasSize(1);
        assertThat(highlighter.extracts(filler + "A whale. ")).isEmpty();
    }
}
