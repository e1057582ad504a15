package dev.tandem.index.text.passage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.domain.collection.Language;
import dev.tandem.domain.search.SearchText;
import dev.tandem.domain.search.SearchText.Clause;
import dev.tandem.domain.search.SearchText.Kind;
import dev.tandem.domain.search.SearchText.Leeway;
import dev.tandem.domain.search.SearchText.Occur;
import dev.tandem.work.Stop;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class HighlighterTest {

    @Test
    @DisplayName("marks words in any form, in the sentences that have them, in the text's order")
    void marks() {
        assertThat(extracts(
                        Language.ENGLISH, "whale hunting", "Ships sail. They hunt Whales. The sea is deep. A whale!"))
                .containsExactly("They <em>hunt</em> <em>Whales</em>.", "A <em>whale</em>!");
    }

    @Test
    @DisplayName("no more than a few extracts")
    void few() {
        assertThat(extracts(Language.ENGLISH, "whale", "A whale. ".repeat(100))).hasSize(Highlighter.MAX_EXTRACTS);
    }

    @Test
    @DisplayName("the text's own markup is escaped, inside of matches and outside")
    void escapes() {
        assertThat(extracts(Language.NONE, "o'neil", "<b>O'Neil</b> & \"co\""))
                .containsExactly("&lt;b&gt;<em>O&#39;Neil</em>&lt;/b&gt; &amp; &quot;co&quot;");
    }

    @Test
    @DisplayName("stop words are marked where a query has no other words")
    void stopWords() {
        assertThat(extracts(Language.ENGLISH, "the of ?", "The whale?")).containsExactly("<em>The</em> whale?");
        assertThat(extracts(Language.ENGLISH, "the whale", "The whale?")).containsExactly("The <em>whale</em>?");
    }

    @Test
    @DisplayName("nothing to show where nothing matches, nothing is asked, or nothing is there")
    void nothing() {
        assertThat(extracts(Language.ENGLISH, "dragon", "A whale.")).isEmpty();
        assertThat(extracts(Language.ENGLISH, "? -", "The whale?")).isEmpty();
        assertThat(extracts(Language.ENGLISH, "whale", null)).isEmpty();
        assertThat(extracts(Language.ENGLISH, "whale", " ")).isEmpty();
    }

    @Test
    @DisplayName("a text without sentences is cut around its first match, never through a character")
    void cuts() {
        String text = "😀".repeat(5_000) + " whale " + "😀".repeat(5_000);
        List<String> extracts = extracts(Language.ENGLISH, "whale", text);
        assertThat(extracts).singleElement().satisfies(extract -> {
            assertThat(extract).contains("<em>whale</em>").hasSizeLessThan(ExtractFormatter.MAX_LENGTH + 20);
            assertThat(extract.codePoints()).noneMatch(point -> point >= 0xD800 && point <= 0xDFFF);
        });
    }

    @Test
    @DisplayName("very long texts are looked at up to a bound")
    void bounded() {
        String filler = "Word. ".repeat(Highlighter.MAX_ANALYSED / 6 + 1);
        assertThat(extracts(Language.ENGLISH, "whale", "A whale. " + filler)).hasSize(1);
        assertThat(extracts(Language.ENGLISH, "whale", filler + "A whale. ")).isEmpty();
    }

    @Test
    @DisplayName("with a leeway, words are marked that are like those of the query, or begin with its last one")
    void leeway() {
        SearchText misspelt = SearchText.plain("the whlae hunitng");
        assertThat(extracts(Language.ENGLISH, misspelt, "They hunt a whale.")).isEmpty();
        assertThat(extracts(
                        Language.ENGLISH, misspelt.with(new Leeway(true, false)), "The hunting of Whales. They hunt."))
                .containsExactly("The <em>hunting</em> of <em>Whales</em>.", "They <em>hunt</em>.");
        assertThat(extracts(
                        Language.ENGLISH,
                        SearchText.plain("hot wa").with(new Leeway(false, true)),
                        "Hot water, hotels, and a wall."))
                .containsExactly("<em>Hot</em> <em>water</em>, hotels, and a <em>wall</em>.");
        assertThat(extracts(Language.ENGLISH, SearchText.plain("the").with(new Leeway(true, true)), "The theory."))
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
        assertThat(extracts(Language.ENGLISH, text, "Hot wader, hot water, coffee, teeth."))
                .containsExactly("<em>Hot</em> wader, <em>hot</em> <em>water</em>, coffee, <em>teeth</em>.");
    }

    @Test
    @DisplayName("what is like a word in one text is marked in all of them, in any form")
    void otherTexts() {
        SearchText query = SearchText.plain("hunitng").with(new Leeway(true, false));
        Highlighter highlighter =
                new Highlighter(Language.ENGLISH, query, List.of("Hunting.", "They hunted."), new Stop());
        assertThat(highlighter.extracts("They hunted.")).containsExactly("They <em>hunted</em>.");
    }

    @Test
    @DisplayName("a beginning without its marks is one, at any length")
    void plainBeginnings() {
        for (String typed : List.of("gen", "gene", "generati", "génér", "generation")) {
            assertThat(extracts(
                            Language.FRENCH, SearchText.plain(typed).with(new Leeway(false, true)), "Des générations."))
                    .as(typed)
                    .containsExactly("Des <em>générations</em>.");
        }
    }

    private static List<String> extracts(Language language, String query, @Nullable String text) {
        return extracts(language, SearchText.plain(query), text);
    }

    private static List<String> extracts(Language language, SearchText query, @Nullable String text) {
        List<String> texts = text == null ? List.of() : List.of(text);
        return new Highlighter(language, query, texts, new Stop()).extracts(text);
    }
}
