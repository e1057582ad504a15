package dev.tandem.index.text;

import dev.tandem.domain.collection.Language;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.ar.ArabicAnalyzer;
import org.apache.lucene.analysis.ar.ArabicNormalizationFilter;
import org.apache.lucene.analysis.ar.ArabicStemFilter;
import org.apache.lucene.analysis.core.DecimalDigitFilter;
import org.apache.lucene.analysis.cz.CzechAnalyzer;
import org.apache.lucene.analysis.cz.CzechStemFilter;
import org.apache.lucene.analysis.da.DanishAnalyzer;
import org.apache.lucene.analysis.de.GermanAnalyzer;
import org.apache.lucene.analysis.de.GermanLightStemFilter;
import org.apache.lucene.analysis.de.GermanNormalizationFilter;
import org.apache.lucene.analysis.el.GreekAnalyzer;
import org.apache.lucene.analysis.el.GreekLowerCaseFilter;
import org.apache.lucene.analysis.el.GreekStemFilter;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.en.EnglishPossessiveFilter;
import org.apache.lucene.analysis.en.PorterStemFilter;
import org.apache.lucene.analysis.es.SpanishAnalyzer;
import org.apache.lucene.analysis.es.SpanishLightStemFilter;
import org.apache.lucene.analysis.fa.PersianAnalyzer;
import org.apache.lucene.analysis.fa.PersianNormalizationFilter;
import org.apache.lucene.analysis.fa.PersianStemFilter;
import org.apache.lucene.analysis.fi.FinnishAnalyzer;
import org.apache.lucene.analysis.fr.FrenchAnalyzer;
import org.apache.lucene.analysis.fr.FrenchLightStemFilter;
import org.apache.lucene.analysis.hi.HindiAnalyzer;
import org.apache.lucene.analysis.hi.HindiNormalizationFilter;
import org.apache.lucene.analysis.hi.HindiStemFilter;
import org.apache.lucene.analysis.hu.HungarianAnalyzer;
import org.apache.lucene.analysis.id.IndonesianAnalyzer;
import org.apache.lucene.analysis.id.IndonesianStemFilter;
import org.apache.lucene.analysis.in.IndicNormalizationFilter;
import org.apache.lucene.analysis.it.ItalianAnalyzer;
import org.apache.lucene.analysis.it.ItalianLightStemFilter;
import org.apache.lucene.analysis.miscellaneous.StemmerOverrideFilter;
import org.apache.lucene.analysis.nl.DutchAnalyzer;
import org.apache.lucene.analysis.no.NorwegianAnalyzer;
import org.apache.lucene.analysis.pt.PortugueseAnalyzer;
import org.apache.lucene.analysis.pt.PortugueseLightStemFilter;
import org.apache.lucene.analysis.ro.RomanianAnalyzer;
import org.apache.lucene.analysis.ro.RomanianNormalizationFilter;
import org.apache.lucene.analysis.ru.RussianAnalyzer;
import org.apache.lucene.analysis.snowball.SnowballFilter;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.sv.SwedishAnalyzer;
import org.apache.lucene.analysis.th.ThaiAnalyzer;
import org.apache.lucene.analysis.th.ThaiNormalizationFilter;
import org.apache.lucene.analysis.th.ThaiRepeatFilter;
import org.apache.lucene.analysis.th.ThaiTokenizer;
import org.apache.lucene.analysis.tr.ApostropheFilter;
import org.apache.lucene.analysis.tr.TurkishAnalyzer;
import org.apache.lucene.analysis.tr.TurkishLowerCaseFilter;
import org.apache.lucene.analysis.util.ElisionFilter;
import org.tartarus.snowball.SnowballStemmer;
import org.tartarus.snowball.ext.DanishStemmer;
import org.tartarus.snowball.ext.DutchStemmer;
import org.tartarus.snowball.ext.FinnishStemmer;
import org.tartarus.snowball.ext.HungarianStemmer;
import org.tartarus.snowball.ext.NorwegianStemmer;
import org.tartarus.snowball.ext.RomanianStemmer;
import org.tartarus.snowball.ext.RussianStemmer;
import org.tartarus.snowball.ext.SwedishStemmer;
import org.tartarus.snowball.ext.TurkishStemmer;

/**
 * What a language makes of words.
 *
 * @param tokenizer cuts a text into words
 * @param clitics takes away what is written onto a word and is none of it: {@code 's}, {@code l'}
 * @param lowerCase makes letters and digits that mean the same the same
 * @param stopWords words that are too frequent to tell texts apart, in lower case
 * @param variants makes ways to write a word the same that are none of Unicode's, such as {@code ae} for {@code ä}
 * @param stem makes the forms of a word the same
 * @param letters letters beyond a to z that are letters of their own for a reader of the language: never taken for another one
 */
record LanguageRules(
        Supplier<Tokenizer> tokenizer,
        UnaryOperator<TokenStream> clitics,
        UnaryOperator<TokenStream> lowerCase,
        CharArraySet stopWords,
        UnaryOperator<TokenStream> variants,
        UnaryOperator<TokenStream> stem,
        String letters) {

    private static final String DANISH_LETTERS = "\u00e6\u00f8\u00e5";
    private static final String SWEDISH_LETTERS = "\u00e5\u00e4\u00f6";
    private static final String SPANISH_LETTERS = "\u00f1";

    private static final UnaryOperator<TokenStream> AS_THEY_ARE = words -> words;

    private static final CharArraySet ITALIAN_ARTICLES = CharArraySet.unmodifiableSet(new CharArraySet(
            List.of(
                    "c", "l", "all", "dall", "dell", "nell", "sull", "coll", "pell", "gl", "agl", "dagl", "degl",
                    "negl", "sugl", "un", "m", "t", "s", "v", "d"),
            true));

    /** Where the Dutch stemmer is known to be wrong. */
    private static final StemmerOverrideFilter.StemmerOverrideMap DUTCH_STEMS =
            overrides(Map.of("fiets", "fiets", "bromfiets", "bromfiets", "ei", "eier", "kind", "kinder"));

    static LanguageRules of(Language language) {
        return switch (language) {
            case NONE, CJK -> rules(CharArraySet.EMPTY_SET, AS_THEY_ARE);
            case ARABIC ->
                rules(ArabicAnalyzer.getDefaultStopSet(), ArabicStemFilter::new)
                        .lowerCase(LanguageRules::digits)
                        .variants(ArabicNormalizationFilter::new);
            case CZECH -> rules(CzechAnalyzer.getDefaultStopSet(), CzechStemFilter::new);
            case DANISH ->
                rules(DanishAnalyzer.getDefaultStopSet(), snowball(DanishStemmer::new))
                        .letters(DANISH_LETTERS);
            case DUTCH ->
                rules(DutchAnalyzer.getDefaultStopSet(), words -> snowball(DutchStemmer::new)
                        .apply(new StemmerOverrideFilter(words, DUTCH_STEMS)));
            case ENGLISH ->
                rules(EnglishAnalyzer.getDefaultStopSet(), PorterStemFilter::new)
                        .clitics(EnglishPossessiveFilter::new);
            case FINNISH ->
                rules(FinnishAnalyzer.getDefaultStopSet(), snowball(FinnishStemmer::new))
                        .letters(SWEDISH_LETTERS);
            case FRENCH ->
                rules(FrenchAnalyzer.getDefaultStopSet(), FrenchLightStemFilter::new)
                        .clitics(words -> new ElisionFilter(words, FrenchAnalyzer.DEFAULT_ARTICLES));
            case GERMAN ->
                rules(GermanAnalyzer.getDefaultStopSet(), GermanLightStemFilter::new)
                        .variants(GermanNormalizationFilter::new);
            case GREEK ->
                rules(GreekAnalyzer.getDefaultStopSet(), GreekStemFilter::new).lowerCase(GreekLowerCaseFilter::new);
            case HINDI ->
                rules(HindiAnalyzer.getDefaultStopSet(), HindiStemFilter::new)
                        .lowerCase(words -> new HindiNormalizationFilter(new IndicNormalizationFilter(digits(words))));
            case HUNGARIAN -> rules(HungarianAnalyzer.getDefaultStopSet(), snowball(HungarianStemmer::new));
            case INDONESIAN -> rules(IndonesianAnalyzer.getDefaultStopSet(), IndonesianStemFilter::new);
            case ITALIAN ->
                rules(ItalianAnalyzer.getDefaultStopSet(), ItalianLightStemFilter::new)
                        .clitics(words -> new ElisionFilter(words, ITALIAN_ARTICLES));
            case NORWEGIAN ->
                rules(NorwegianAnalyzer.getDefaultStopSet(), snowball(NorwegianStemmer::new))
                        .letters(DANISH_LETTERS);
            case PERSIAN ->
                rules(PersianAnalyzer.getDefaultStopSet(), PersianStemFilter::new)
                        .lowerCase(
                                words -> new PersianNormalizationFilter(new ArabicNormalizationFilter(digits(words))));
            case PORTUGUESE -> rules(PortugueseAnalyzer.getDefaultStopSet(), PortugueseLightStemFilter::new);
            case ROMANIAN ->
                rules(RomanianAnalyzer.getDefaultStopSet(), snowball(RomanianStemmer::new))
                        .variants(RomanianNormalizationFilter::new);
            case RUSSIAN -> rules(RussianAnalyzer.getDefaultStopSet(), snowball(RussianStemmer::new));
            case SPANISH ->
                rules(SpanishAnalyzer.getDefaultStopSet(), SpanishLightStemFilter::new)
                        .letters(SPANISH_LETTERS);
            case SWEDISH ->
                rules(SwedishAnalyzer.getDefaultStopSet(), snowball(SwedishStemmer::new))
                        .letters(SWEDISH_LETTERS);
            case THAI -> {
                LanguageRules thai = rules(ThaiAnalyzer.getDefaultStopSet(), AS_THEY_ARE)
                        .lowerCase(words -> new ThaiRepeatFilter(new ThaiNormalizationFilter(digits(words))));
                // a native image has no dictionary of Java's to tell the words apart
                yield ThaiTokenizer.DBBI_AVAILABLE ? thai.tokenizer(ThaiTokenizer::new) : thai;
            }
            case TURKISH ->
                rules(TurkishAnalyzer.getDefaultStopSet(), snowball(TurkishStemmer::new))
                        .clitics(ApostropheFilter::new)
                        .lowerCase(TurkishLowerCaseFilter::new);
        };
    }

    private static LanguageRules rules(CharArraySet stopWords, UnaryOperator<TokenStream> stem) {
        return new LanguageRules(
                StandardTokenizer::new, AS_THEY_ARE, LowerCaseFilter::new, stopWords, AS_THEY_ARE, stem, "");
    }

    private static UnaryOperator<TokenStream> snowball(Supplier<SnowballStemmer> stemmer) {
        return words -> new SnowballFilter(words, stemmer.get());
    }

    private static StemmerOverrideFilter.StemmerOverrideMap overrides(Map<String, String> stems) {
        StemmerOverrideFilter.Builder builder = new StemmerOverrideFilter.Builder();
        stems.forEach(builder::add);
        try {
            return builder.build();
        } catch (IOException e) {
            throw new UncheckedIOException("A dictionary in memory cannot be written.", e);
        }
    }

    /** Lower case, and the digits of all scripts as 0 to 9. */
    private static TokenStream digits(TokenStream words) {
        return new DecimalDigitFilter(new LowerCaseFilter(words));
    }

    /** Whether a word without any mark may be the variant of another one. */
    boolean hasVariants() {
        return variants != AS_THEY_ARE;
    }

    private LanguageRules tokenizer(Supplier<Tokenizer> other) {
        return new LanguageRules(other, clitics, lowerCase, stopWords, variants, stem, letters);
    }

    private LanguageRules clitics(UnaryOperator<TokenStream> other) {
        return new LanguageRules(tokenizer, other, lowerCase, stopWords, variants, stem, letters);
    }

    private LanguageRules lowerCase(UnaryOperator<TokenStream> other) {
        return new LanguageRules(tokenizer, clitics, other, stopWords, variants, stem, letters);
    }

    private LanguageRules variants(UnaryOperator<TokenStream> other) {
        return new LanguageRules(tokenizer, clitics, lowerCase, stopWords, other, stem, letters);
    }

    private LanguageRules letters(String own) {
        return new LanguageRules(tokenizer, clitics, lowerCase, stopWords, variants, stem, own);
    }
}
