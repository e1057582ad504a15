package dev.tandem.index.text.passage;

import static java.util.stream.Collectors.toUnmodifiableSet;

import dev.tandem.domain.collection.Language;
import dev.tandem.domain.search.SearchText;
import dev.tandem.domain.search.SearchText.Clause;
import dev.tandem.domain.search.SearchText.Kind;
import dev.tandem.domain.search.SearchText.Occur;
import dev.tandem.index.text.Analyzers;
import dev.tandem.index.text.Misspelling;
import dev.tandem.index.text.PlainForms;
import dev.tandem.index.text.QueryWords;
import dev.tandem.index.text.QueryWords.Word;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What counts as a word of a query: its forms, and by the query's leeway the words of some texts that are like it, or begin with it. Those are
 * learned from texts, since no index is at hand here: what a text has that is like a word stands for its forms in all of them.
 */
final class MeantWords {

    private final Language language;
    private final List<Meant> words;

    private MeantWords(Language language, List<Meant> words) {
        this.language = language;
        this.words = words;
    }

    /**
     * A word of the query.
     *
     * @param forms that count as it, of which more may be found
     * @param spelled the same, as they are spelled
     * @param beginnings of words that count as it
     */
    private record Meant(Set<String> forms, Set<String> spelled, List<Misspelling> typos, Set<String> beginnings) {

        static Meant of(Set<String> forms, List<Misspelling> typos, Set<String> beginnings) {
            return new Meant(new HashSet<>(forms), new HashSet<>(), typos, beginnings);
        }

        boolean isOpen() {
            return !typos.isEmpty() || !beginnings.isEmpty();
        }

        boolean mayBe(String word, Function<String, Set<String>> formsOf) {
            return beginnings.stream().anyMatch(word::startsWith)
                    || typos.stream().anyMatch(typo -> typo.editsTo(PlainForms.unmarked(word), formsOf) >= 0);
        }
    }

    /** Of the words that a query looks for, not of those that must not be there. */
    static MeantWords of(SearchText query, Language language) {
        List<Meant> words = new ArrayList<>();
        Map<Set<String>, List<Misspelling>> looked = new LinkedHashMap<>();
        for (Clause clause : query.clauses()) {
            if (clause.occur() != Occur.MUST_NOT) {
                add(clause, language, words, looked);
            }
        }
        return new MeantWords(language, words);
    }

    private static void add(
            Clause clause, Language language, List<Meant> words, Map<Set<String>, List<Misspelling>> looked) {
        String last = clause.kind() == Kind.PREFIX ? clause.text() : last(clause, language);
        Set<String> beginnings = last == null ? Set.of() : PlainForms.beginnings(last, language);
        for (Word word : QueryWords.of(clause.text(), language).words()) {
            List<Misspelling> typos = List.of();
            if (clause.leeway().isFuzzy() && looked.size() < Misspelling.MOST_WORDS) {
                typos = looked.computeIfAbsent(word.forms(), forms -> Misspelling.of(word, language));
            }
            boolean isLast = word.end() == clause.text().length();
            words.add(Meant.of(word.forms(), typos, isLast ? beginnings : Set.of()));
            beginnings = isLast ? Set.of() : beginnings;
        }
        if (!beginnings.isEmpty()) {
            words.add(Meant.of(Set.of(), List.of(), beginnings));
        }
    }

    private static @Nullable String last(Clause clause, Language language) {
        return clause.leeway().endsInPrefix() ? QueryWords.last(clause.text(), language) : null;
    }

    /** Finds what else counts as the words, in a text that the query may be about. */
    void learn(String text) {
        List<Meant> open = words.stream().filter(Meant::isOpen).toList();
        if (open.isEmpty()) {
            return;
        }
        Map<String, String> met = new LinkedHashMap<>();
        String[] spelled = {""};
        QueryWords.read(Analyzers.looseSpelling(language), text, Integer.MAX_VALUE, (term, from, to, step) -> {
            spelled[0] = PlainForms.unmarked(term).equals(term) ? term : spelled[0];
            met.put(term, spelled[0]);
            return true;
        });
        for (Meant word : open) {
            met.forEach((term, whole) -> {
                if (word.mayBe(term, this::formsOf)) {
                    word.spelled().add(whole);
                    word.forms().addAll(formsOf(PlainForms.unmarked(term)));
                }
            });
        }
    }

    /** Those of a name would be its parts, too, which mean something else. */
    private Set<String> formsOf(String word) {
        return word.codePoints().allMatch(Character::isLetterOrDigit)
                ? QueryWords.of(word, language).words().stream()
                        .flatMap(of -> of.forms().stream())
                        .collect(toUnmodifiableSet())
                : Set.of();
    }

    /** For each word, the forms that count as it. */
    List<Set<String>> forms() {
        return words.stream().map(Meant::forms).toList();
    }

    /** What was learned, as it is spelled. */
    Set<String> spelled() {
        return words.stream().flatMap(word -> word.spelled().stream()).collect(toUnmodifiableSet());
    }
}
