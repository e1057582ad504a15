package dev.tandem.index.text;

import java.io.IOException;
import java.text.Normalizer;
import org.apache.lucene.analysis.TokenFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/**
 * Writes each word in Unicode's normal form NFKC: letters and their marks composed, and full-width letters, ligatures and the like as what
 * they stand for.
 */
final class CompatibilityFilter extends TokenFilter {

    private final CharTermAttribute term = addAttribute(CharTermAttribute.class);

    CompatibilityFilter(TokenStream words) {
        super(words);
    }

    @Override
    public boolean incrementToken() throws IOException {
        if (!input.incrementToken()) {
            return false;
        }
        if (!isAscii() && !Normalizer.isNormalized(term, Normalizer.Form.NFKC)) {
            String normal = Normalizer.normalize(term, Normalizer.Form.NFKC);
            term.setEmpty().append(normal);
        }
        return true;
    }

    private boolean isAscii() {
        char[] word = term.buffer();
        for (int i = 0; i < term.length(); i++) {
            if (word[i] >= 0x80) {
                return false;
            }
        }
        return true;
    }
}
