package dev.tandem.index.text;

import dev.tandem.domain.collection.Language;
import dev.tandem.domain.search.SearchText;
import dev.tandem.domain.search.SearchText.Clause;
import dev.tandem.domain.search.SearchText.Kind;
import dev.tandem.domain.search.SearchText.Occur;
import dev.tandem.index.text.QueryWords.Word;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.lucene.analysis.Analyzer;
import org.jspecify.annotations.Nullable;

/** The words that a query finds without naming them: those that are like its words, and those that begin with its last one. */
final class LooseWords {

    private final Language language;
    private final List<Misspelling> misspellings = new ArrayList<>();
    private final Set<String> beginnings = new HashSet<>();

    private LooseWords(Language language) {
        this.language = language;
    }

    /** Null if the query names all that it finds. */
    static @Nullable LooseWords of(SearchText text, Language language) {
        LooseWords words = new LooseWords(language);
        Set<Word> looked = new HashSet<>();
        for (Clause clause : text.clauses()) {
            if (clause.occur() != Occur.MUST_NOT) {
                words.add(clause, looked);
            }
        }
        return words.misspellings.isEmpty() && words.beginnings.isEmpty() ? null : words;
    }

    private void add(Clause clause, Set<Word> looked) {
        if (clause.kind() == Kind.PREFIX) {
            addBeginning(clause.text());
        }
        String last = clause.leeway().endsInPrefix() ? QueryWords.last(clause.text(), language) : null;
        if (last != null) {
            addBeginning(last);
        }
        if (clause.leeway().isFuzzy()) {
            for (Word word : QueryWords.of(clause.text(), language).words()) {
                if (looked.size() < SimilarTo.MOST_WORDS && looked.add(word)) {
                    misspellings.addAll(SimilarTo.of(word, language).all());
                }
            }
        }
    }

    private void addBeginning(String text) {
        beginnings.add(Analyzers.normalized(Analyzers.spelling(language), text));
        beginnings.add(Analyzers.normalized(Analyzers.words(language), text));
        beginnings.remove("");
    }

    /**
     * The words of a text that are meant.
     *
     * @param asSpelled whether they are given as they are spelled, and not in the language's form
     */
    Set<String> in(String text, boolean asSpelled) {
        Set<String> meant = new HashSet<>();
        for (String word : distinct(Analyzers.spelling(language), text)) {
            if (isMeant(word)) {
                if (asSpelled) {
                    meant.add(word);
                } else if (word.codePoints().allMatch(Character::isLetterOrDigit)) {
                    // Those of a name would be its parts, too.
                    QueryWords.of(word, language).words().forEach(of -> meant.addAll(of.forms()));
                }
            }
        }
        if (!asSpelled) {
            distinct(Analyzers.words(language), text).stream()
                    .filter(this::isMeant)
                    .forEach(meant::add);
        }
        return meant;
    }

    private static Set<String> distinct(Analyzer analyzer, String text) {
        Set<String> words = new HashSet<>();
        QueryWords.read(analyzer, text, Integer.MAX_VALUE, (term, from, to, step) -> {
            words.add(term);
            return true;
        });
        return words;
    }

    private boolean isMeant(String word) {
        return beginnings.stream().anyMatch(word::startsWith)
                || misspellings.stream().anyMatch(misspelling -> misspelling.mayMean(word));
    }
}
