package dev.tandem.index.text;

import dev.tandem.domain.collection.Language;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;
import org.apache.lucene.analysis.Analyzer;

/**
 * The analyzers of each language, made when they are first needed. They are safe for use by many threads.
 *
 * <p>A text is analysed twice. Its {@linkplain #words words} are what most searches are about: in the language's form, without marks and
 * stop words, with the parts of identifiers. Its {@linkplain #spelling spelling} is every word as it is written, in order: for phrases, for
 * stop words, and to rank what is spelled alike first. {@linkplain #looseSpelling Beside it} stand the plain forms of the words: for typos, and for
 * words that are still being typed.
 */
public final class Analyzers {

    private static final Map<Language, Analyzer> WORDS = new EnumMap<>(Language.class);
    private static final Map<Language, Analyzer> QUERY_WORDS = new EnumMap<>(Language.class);
    private static final Map<Language, Analyzer> SPELLING = new EnumMap<>(Language.class);
    private static final Map<Language, Analyzer> LOOSE_SPELLING = new EnumMap<>(Language.class);
    private static final Map<Language, Analyzer> PLAIN = new EnumMap<>(Language.class);

    private Analyzers() {}

    /** Analyses the words of a text to be found. */
    public static Analyzer words(Language language) {
        return of(WORDS, language, rules -> new WordAnalyzer(rules, language == Language.CJK, true));
    }

    /** Analyses the words of a query. */
    static Analyzer queryWords(Language language) {
        return of(QUERY_WORDS, language, rules -> new WordAnalyzer(rules, language == Language.CJK, false));
    }

    /** Analyses the spelling of a text or of a query. */
    public static Analyzer spelling(Language language) {
        return of(SPELLING, language, rules -> new SpellingAnalyzer(rules, words -> words));
    }

    /** Analyses the spelling of a text to be found, each word with its marked {@linkplain PlainForms plain forms}. */
    public static Analyzer looseSpelling(Language language) {
        return of(
                LOOSE_SPELLING,
                language,
                rules -> new SpellingAnalyzer(
                        rules, words -> new PlainFormFilter(words, language, rules.hasVariants())));
    }

    /** Analyses the plain forms of a word. */
    static Analyzer plain(Language language) {
        return of(PLAIN, language, PlainAnalyzer::new);
    }

    /** A word, or the beginning of one, in the form in which the words of an analyzer begin. */
    public static String normalized(Analyzer analyzer, String word) {
        return analyzer.normalize("word", word).utf8ToString();
    }

    private static Analyzer of(
            Map<Language, Analyzer> made, Language language, Function<LanguageRules, Analyzer> maker) {
        synchronized (made) {
            return made.computeIfAbsent(language, wanted -> maker.apply(LanguageRules.of(wanted)));
        }
    }
}
