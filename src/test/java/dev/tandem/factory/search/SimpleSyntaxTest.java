package dev.tandem.factory.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.domain.search.SearchText;
import dev.tandem.domain.search.SearchText.Clause;
import dev.tandem.domain.search.SearchText.Kind;
import dev.tandem.domain.search.SearchText.Occur;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SimpleSyntaxTest {

    @Test
    void operatorsBindToWhatFollowsThem() {
        assertThat(SimpleSyntax.read("green tea +leaf -bag \"hot water\" -\"cold milk\" +gyok*")
                        .clauses())
                .containsExactly(
                        new Clause(Occur.SHOULD, Kind.WORDS, "green tea"),
                        new Clause(Occur.MUST, Kind.WORDS, "leaf"),
                        new Clause(Occur.MUST_NOT, Kind.WORDS, "bag"),
                        new Clause(Occur.SHOULD, Kind.PHRASE, "hot water"),
                        new Clause(Occur.MUST_NOT, Kind.PHRASE, "cold milk"),
                        new Clause(Occur.MUST, Kind.PREFIX, "gyok"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a - b",
                "a + b",
                "-",
                "+",
                "--",
                "+-+",
                "--help",
                "++i",
                "*",
                "a *",
                "C++",
                "e-mail",
                "1+1",
                "say \"this",
                "\"\"",
                "\"",
                "back\\",
                "(a) AND [b] OR title:c~2 ^3 ?",
            })
    void aSignThatIsNoOperatorIsText(String query) {
        assertThat(SimpleSyntax.read(query).clauses()).allSatisfy(clause -> {
            assertThat(clause.occur()).isEqualTo(Occur.SHOULD);
            assertThat(clause.kind()).isEqualTo(Kind.WORDS);
        });
    }

    @ParameterizedTest
    @CsvSource({"\\+tea, +tea", "\\-tea, -tea", "te\\*, te*", "\\\"a b\\\", '\"a b\"'", "a\\\\b, a\\b"})
    void aBackslashMakesTheNextSignText(String query, String text) {
        assertThat(SimpleSyntax.read(query).clauses()).containsExactly(new Clause(Occur.SHOULD, Kind.WORDS, text));
    }

    @Test
    void aPhraseMayHoldAQuotationMark() {
        assertThat(SimpleSyntax.read("\"a \\\" b\"").clauses())
                .containsExactly(new Clause(Occur.SHOULD, Kind.PHRASE, "a \" b"));
    }

    @Test
    void whatIsExcludedIsNotWanted() {
        assertThat(SimpleSyntax.read("tea -bag").wanted()).isEqualTo("tea");
        assertThat(SimpleSyntax.read("-bag").wanted()).isEqualTo("-bag");
    }

    @Test
    void clausesBeyondTheLimitAreText() {
        SearchText text = SimpleSyntax.read("+a ".repeat(1_000));
        assertThat(text.clauses()).hasSizeLessThanOrEqualTo(SimpleSyntax.MOST_CLAUSES + 1);
        assertThat(text.clauses().getLast().kind()).isEqualTo(Kind.WORDS);
    }

    @Property
    void everyTextCanBeRead(@ForAll("queries") String query) {
        SearchText text = SimpleSyntax.read(query);
        assertThat(text.clauses()).isNotEmpty();
        assertThat(text.wanted().isBlank()).isEqualTo(query.isBlank());
        if (text.clauses().size() > 1) {
            assertThat(text.clauses()).noneMatch(clause -> clause.text().isBlank());
        }
    }

    @Property
    void wordsWithoutOperatorsMeanWhatPlainTextMeans(@ForAll("words") List<String> words) {
        String query = String.join(" ", words);
        assertThat(SimpleSyntax.read(query)).isEqualTo(SearchText.plain(query));
    }

    @Provide
    Arbitrary<List<String>> words() {
        return Arbitraries.strings()
                .alpha()
                .numeric()
                .ofMinLength(1)
                .ofMaxLength(8)
                .list()
                .ofMinSize(1)
                .ofMaxSize(6);
    }

    @Provide
    Arbitrary<String> queries() {
        Arbitrary<String> signs = Arbitraries.of(
                "+", "-", "\"", "*", "\\", " ", "\t", "\u3000", "(", "~", "\uD83C", "a", "tea", "\u672C");
        return Combinators.combine(
                        signs.list().ofMaxSize(12), Arbitraries.strings().ofMaxLength(6))
                .as((parts, any) -> String.join("", parts) + any);
    }
}
