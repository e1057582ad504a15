package dev.tandem.index.text;

import dev.tandem.domain.collection.Language;
import java.io.IOException;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.analysis.TokenFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionIncrementAttribute;
import org.jspecify.annotations.Nullable;

/** Gives the marked {@linkplain PlainForms plain forms} of each word after it, at the same position, unless it is its own only one. */
final class PlainFormFilter extends TokenFilter {

    /** Texts repeat their words, and to analyse one takes longer than all the rest. */
    private static final int MOST_KNOWN = 4_096;

    private static final int LONGEST_KNOWN = 32;

    private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
    private final PositionIncrementAttribute position = addAttribute(PositionIncrementAttribute.class);

    private final Language language;
    private final boolean hasVariants;
    private final Map<String, List<String>> known = new HashMap<>();

    private Iterator<String> forms = Collections.emptyIterator();
    private @Nullable State word;

    /** @param hasVariants whether a word of small letters from a to z may have another plain form */
    PlainFormFilter(TokenStream words, Language language, boolean hasVariants) {
        super(words);
        this.language = language;
        this.hasVariants = hasVariants;
    }

    @Override
    public boolean incrementToken() throws IOException {
        if (word != null && forms.hasNext()) {
            restoreState(word);
            term.setEmpty().append(PlainForms.marked(forms.next()));
            position.setPositionIncrement(0);
            return true;
        }
        word = null;
        if (!input.incrementToken()) {
            return false;
        }
        if (hasVariants || !isPlain()) {
            forms = formsOf(term.toString()).iterator();
            word = forms.hasNext() ? captureState() : null;
        }
        return true;
    }

    private List<String> formsOf(String spelled) {
        if (spelled.length() > LONGEST_KNOWN) {
            return analysed(spelled);
        }
        if (known.size() >= MOST_KNOWN) {
            known.clear();
        }
        return known.computeIfAbsent(spelled, this::analysed);
    }

    private List<String> analysed(String spelled) {
        Set<String> found = PlainForms.of(spelled, language);
        found.remove(Analyzers.normalized(Analyzers.spelling(language), spelled));
        return List.copyOf(found);
    }

    /** Whether it is clear at a glance that the word has no other form: letters from a to z, in capitals only where it begins, or everywhere. */
    private boolean isPlain() {
        char[] signs = term.buffer();
        boolean isSmall = false;
        for (int i = 0; i < term.length(); i++) {
            char sign = signs[i];
            boolean isCapital = sign >= 'A' && sign <= 'Z';
            if (isCapital && isSmall || !isCapital && (sign < 'a' || sign > 'z') && (sign < '0' || sign > '9')) {
                return false;
            }
            isSmall |= sign >= 'a' && sign <= 'z';
        }
        return true;
    }

    @Override
    public void reset() throws IOException {
        super.reset();
        word = null;
    }
}
