package dev.tandem.index.text;

import java.util.function.UnaryOperator;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;

/** Keeps a text's words as they are written, but for case and Unicode's ways to write the same. */
final class SpellingAnalyzer extends Analyzer {

    /** Between two values of one field, so that no phrase begins in the one and ends in the other. */
    private static final int GAP = 100;

    private final LanguageRules rules;
    private final UnaryOperator<TokenStream> more;

    /** @param more adds what else a text is found by, while words still have their capitals */
    SpellingAnalyzer(LanguageRules rules, UnaryOperator<TokenStream> more) {
        this.rules = rules;
        this.more = more;
    }

    @Override
    protected TokenStreamComponents createComponents(String field) {
        Tokenizer tokenizer = new SpellingTokenizer(rules.tokenizer().get());
        TokenStream words = more.apply(new CompatibilityFilter(tokenizer));
        return new TokenStreamComponents(tokenizer, rules.lowerCase().apply(words));
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
