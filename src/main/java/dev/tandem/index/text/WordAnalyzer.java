package dev.tandem.index.text;

import static org.apache.lucene.analysis.miscellaneous.WordDelimiterGraphFilter.GENERATE_NUMBER_PARTS;
import static org.apache.lucene.analysis.miscellaneous.WordDelimiterGraphFilter.GENERATE_WORD_PARTS;
import static org.apache.lucene.analysis.miscellaneous.WordDelimiterGraphFilter.PRESERVE_ORIGINAL;
import static org.apache.lucene.analysis.miscellaneous.WordDelimiterGraphFilter.SPLIT_ON_CASE_CHANGE;

import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.StopFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.cjk.CJKBigramFilter;
import org.apache.lucene.analysis.miscellaneous.RemoveDuplicatesTokenFilter;
import org.apache.lucene.analysis.miscellaneous.WordDelimiterGraphFilter;

/**
 * Makes a text's words what they are searched as: normalised, in lower case, without stop words, stemmed, and without marks. The parts of
 * {@code getUserById}, {@code img_data_ttl} and {@code Node.js} follow the whole.
 */
final class WordAnalyzer extends Analyzer {

    static final int PARTS = GENERATE_WORD_PARTS | GENERATE_NUMBER_PARTS | SPLIT_ON_CASE_CHANGE | PRESERVE_ORIGINAL;

    private final LanguageRules rules;
    private final boolean pairsCharacters;
    private final boolean keepsCharacters;

    /**
     * @param pairsCharacters whether Chinese, Japanese and Korean characters are taken in pairs
     * @param keepsCharacters whether the single characters of a pair are words too
     */
    WordAnalyzer(LanguageRules rules, boolean pairsCharacters, boolean keepsCharacters) {
        this.rules = rules;
        this.pairsCharacters = pairsCharacters;
        this.keepsCharacters = keepsCharacters;
    }

    @Override
    protected TokenStreamComponents createComponents(String field) {
        Tokenizer tokenizer = rules.tokenizer().get();
        TokenStream words = rules.clitics().apply(new CompatibilityFilter(tokenizer));
        words = rules.lowerCase().apply(new WordDelimiterGraphFilter(words, PARTS, null));
        if (pairsCharacters) {
            words = new CJKBigramFilter(
                    words,
                    CJKBigramFilter.HAN | CJKBigramFilter.HIRAGANA | CJKBigramFilter.KATAKANA | CJKBigramFilter.HANGUL,
                    keepsCharacters);
        }
        words = new StopFilter(words, rules.stopWords());
        // What is written without marks has to meet its stem with them, and the stems of some languages need the marks.
        words = rules.stem().apply(rules.variants().apply(new FoldingFilter(words, rules.letters(), true)));
        words = new FoldingFilter(words, rules.letters(), false);
        return new TokenStreamComponents(tokenizer, new RemoveDuplicatesTokenFilter(words));
    }

    @Override
    protected TokenStream normalize(String field, TokenStream word) {
        return new FoldingFilter(rules.lowerCase().apply(new CompatibilityFilter(word)), rules.letters(), false);
    }
}
