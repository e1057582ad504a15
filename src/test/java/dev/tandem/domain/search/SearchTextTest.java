package dev.tandem.domain.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.domain.search.SearchText.Clause;
import dev.tandem.domain.search.SearchText.Kind;
import dev.tandem.domain.search.SearchText.Leeway;
import dev.tandem.domain.search.SearchText.Occur;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SearchTextTest {

    private static final Leeway BOTH = new Leeway(true, true);
    private static final Leeway FUZZY = new Leeway(true, false);

    @Test
    @DisplayName("words get a leeway, the last one alone may go on; everything else stays as it is written")
    void leeway() {
        Clause first = new Clause(Occur.MUST, Kind.WORDS, "hot");
        Clause phrase = new Clause(Occur.SHOULD, Kind.PHRASE, "hot water");
        Clause not = new Clause(Occur.MUST_NOT, Kind.WORDS, "cold");
        Clause last = new Clause(Occur.SHOULD, Kind.WORDS, "tea");
        SearchText text = new SearchText("+hot \"hot water\" -cold tea", List.of(first, phrase, not, last));
        assertThat(text.with(Leeway.NONE)).isEqualTo(text);
        assertThat(text.with(BOTH).clauses())
                .containsExactly(
                        new Clause(Occur.MUST, Kind.WORDS, "hot", FUZZY),
                        phrase,
                        not,
                        new Clause(Occur.SHOULD, Kind.WORDS, "tea", BOTH));
        assertThat(text.with(BOTH).wanted()).isEqualTo(text.wanted());
        assertThat(text.with(BOTH).demands()).containsExactly(new Clause(Occur.MUST, Kind.WORDS, "hot", FUZZY), not);
    }

    @Test
    @DisplayName("behind a blank, the last word is finished")
    void finished() {
        assertThat(SearchText.plain("tea").with(BOTH).clauses().getFirst().leeway())
                .isEqualTo(BOTH);
        for (String written : List.of("tea ", "tea\n", "tea\u3000", "")) {
            assertThat(SearchText.plain(written).with(BOTH).clauses().getFirst().leeway())
                    .isEqualTo(FUZZY);
        }
    }
}
