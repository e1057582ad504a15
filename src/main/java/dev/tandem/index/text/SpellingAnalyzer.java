package dev.tandem.index.text;

import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;

/** Keeps a text's words as they are written, but for case and Unicode's ways to write the same. */
final class SpellingAnalyzer extends Analyzer {

    /** Between two values of one field, so that no phrase begins in the one and ends in the other. */
    private static final int GAP = 100;

    private final LanguageRules rules;

    SpellingAnalyzer(LanguageRules rules) {
        this.rules = rules;
    }

    @Override
    protected TokenStreamComponents createComponents(String field) {
        Tokenizer tokenizer = new SpellingTokenizer(rules.tokenizer().get());
        return new TokenStreamComponents(tokenizer, normalize(field, tokenizer));
    }

    @Override
    protected TokenStream normalize(String field, TokenStream words) {
        return rules.lowerCase().apply(new CompatibilityFilter(words));
    }

    @Override
    public int getPositionIncrementGap(String field) {
        return GAP;
    }
}
