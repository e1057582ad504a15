package dev.tandem.index.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.domain.collection.Language;
import dev.tandem.domain.search.SearchText;
import dev.tandem.domain.search.SearchText.Clause;
import dev.tandem.domain.search.SearchText.Kind;
import dev.tandem.domain.search.SearchText.Leeway;
import dev.tandem.domain.search.SearchText.Occur;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class HighlighterTest {

    @Test
    @DisplayName("marks words in any form, in the sentences that have them, in the text's order")
    void marks() {
        Highlighter highlighter = highlighter(Language.ENGLISH, "whale hunting");
        assertThat(highlighter.extracts("Ships sail. They hunt Whales. The sea is deep. A whale!"))
                .containsExactly("They <em>hunt</em> <em>Whales</em>.", "A <em>whale</em>!");
    }

    @Test
    @DisplayName("no more than a few extracts")
    void few() {
        assertThat(highlighter(Language.ENGLISH, "whale").extracts("A whale. ".repeat(100)))
                .hasSize(Highlighter.MAX_EXTRACTS);
    }

    @Test
    @DisplayName("the text's own markup is escaped, inside of matches and outside")
    void escapes() {
        assertThat(highlighter(Language.NONE, "o'neil").extracts("<b>O'Neil</b> & \"co\""))
                .containsExactly("&lt;b&gt;<em>O&#39;Neil</em>&lt;/b&gt; &amp; &quot;co&quot;");
    }

    @Test
    @DisplayName("stop words are marked where a query has no other words")
    void stopWords() {
        assertThat(highlighter(Language.ENGLISH, "the of ?").extracts("The whale?"))
                .containsExactly("<em>The</em> whale?");
        assertThat(highlighter(Language.ENGLISH, "the whale").extracts("The whale?"))
                .containsExactly("The <em>whale</em>?");
    }

    @Test
    @DisplayName("nothing to show where nothing matches, nothing is asked, or nothing is there")
    void nothing() {
        assertThat(highlighter(Language.ENGLISH, "dragon").extracts("A whale.")).isEmpty();
        assertThat(highlighter(Language.ENGLISH, "? -").extracts("The whale?")).isEmpty();
        assertThat(highlighter(Language.ENGLISH, "whale").extracts(null)).isEmpty();
        assertThat(highlighter(Language.ENGLISH, "whale").extracts(" ")).isEmpty();
    }

    @Test
    @DisplayName("a text without sentences is cut around its first match, never through a character")
    void cuts() {
        String text = "😀".repeat(5_000) + " whale " + "😀".repeat(5_000);
        List<String> extracts = highlighter(Language.ENGLISH, "whale").extracts(text);
        assertThat(extracts).singleElement().satisfies(extract -> {
            assertThat(extract).contains("<em>whale</em>").hasSizeLessThan(ExtractFormatter.MAX_LENGTH + 20);
            assertThat(extract.codePoints()).noneMatch(point -> point >= 0xD800 && point <= 0xDFFF);
        });
    }

    @Test
    @DisplayName("very long texts are looked at up to a bound")
    void bounded() {
        Highlighter highlighter = highlighter(Language.ENGLISH, "whale");
        String filler = "Word. ".repeat(Highlighter.MAX_ANALYSED / 6 + 1);
        assertThat(highlighter.extracts("A whale. " + filler)).hasSize(1);
        assertThat(highlighter.extracts(filler + "A whale. ")).isEmpty();
    }

    @Test
    @DisplayName("with a leeway, words are marked that are like those of the query, or begin with its last one")
    void leeway() {
        SearchText misspelt = SearchText.plain("the whlae hunitng");
        assertThat(new Highlighter(Language.ENGLISH, misspelt).extracts("They hunt a whale."))
                .isEmpty();
        assertThat(new Highlighter(Language.ENGLISH, misspelt.with(new Leeway(true, false)))
                        .extracts("The hunting of Whales. They hunt."))
                .containsExactly("The <em>hunting</em> of <em>Whales</em>.", "They <em>hunt</em>.");
        assertThat(new Highlighter(Language.ENGLISH, SearchText.plain("hot wa").with(new Leeway(false, true)))
                        .extracts("Hot water, hotels, and a wall."))
                .containsExactly("<em>Hot</em> <em>water</em>, hotels, and a <em>wall</em>.");
        assertThat(new Highlighter(Language.ENGLISH, SearchText.plain("the").with(new Leeway(true, true)))
                        .extracts("The theory."))
                .containsExactly("<em>The</em> <em>theory</em>.");
    }

    @Test
    @DisplayName(
            "a phrase and what must not be there are marked as they are written, a beginning wherever it begins a word")
    void clauses() {
        SearchText text = new SearchText(
                        "+\"hot water\" tee* -cofee",
                        List.of(
                                new Clause(Occur.MUST, Kind.PHRASE, "hot water"),
                                new Clause(Occur.SHOULD, Kind.PREFIX, "tee"),
                                new Clause(Occur.MUST_NOT, Kind.WORDS, "cofee")))
                .with(new Leeway(true, true));
        assertThat(new Highlighter(Language.ENGLISH, text).extracts("Hot wader, hot water, coffee, teeth."))
                .containsExactly("<em>Hot</em> wader, <em>hot</em> <em>water</em>, coffee, <em>teeth</em>.");
    }

    private static Highlighter highlighter(Language language, String query) {
        return new Highlighter(language, SearchText.plain(query));
    }
}
