package dev.tandem.index.text;

import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.core.KeywordTokenizer;
import org.apache.lucene.analysis.miscellaneous.WordDelimiterGraphFilter;

/**
 * Makes of one word what somebody in a hurry types for it: in lower case, without marks, and without what is written onto it. The parts of a
 * name follow the whole. Nothing is stemmed.
 */
final class PlainAnalyzer extends Analyzer {

    private final LanguageRules rules;

    PlainAnalyzer(LanguageRules rules) {
        this.rules = rules;
    }

    @Override
    protected TokenStreamComponents createComponents(String field) {
        Tokenizer tokenizer = new KeywordTokenizer();
        TokenStream word = rules.clitics().apply(new CompatibilityFilter(tokenizer));
        word = new WordDelimiterGraphFilter(word, WordAnalyzer.PARTS, null);
        return new TokenStreamComponents(tokenizer, plain(word));
    }

    @Override
    protected TokenStream normalize(String field, TokenStream word) {
        return plain(rules.clitics().apply(new CompatibilityFilter(word)));
    }

    private TokenStream plain(TokenStream word) {
        return new FoldingFilter(rules.variants().apply(rules.lowerCase().apply(word)), rules.letters(), false);
    }
}
