package dev.tandem.index.text;

import java.io.IOException;
import org.apache.lucene.analysis.TokenFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionIncrementAttribute;
import org.jspecify.annotations.Nullable;

/** Writes Latin letters without their marks, except the letters that the language counts as letters of their own. */
final class FoldingFilter extends TokenFilter {

    /** A letter becomes four at most. */
    private static final int LONGEST_FOLDED = 4;

    private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
    private final PositionIncrementAttribute position = addAttribute(PositionIncrementAttribute.class);
    private final String letters;
    private final boolean keepsOriginal;

    private char[] folded = new char[64];
    private int length;
    private @Nullable State original;

    /** @param keepsOriginal gives the word as it is beside the folded one, at the same position */
    FoldingFilter(TokenStream words, String letters, boolean keepsOriginal) {
        super(words);
        this.letters = letters;
        this.keepsOriginal = keepsOriginal;
    }

    @Override
    public boolean incrementToken() throws IOException {
        if (original != null) {
            restoreState(original);
            original = null;
            term.copyBuffer(folded, 0, length);
            position.setPositionIncrement(0);
            return true;
        }
        if (!input.incrementToken()) {
            return false;
        }
        if (fold()) {
            if (keepsOriginal) {
                original = captureState();
            } else {
                term.copyBuffer(folded, 0, length);
            }
        }
        return true;
    }

    /** Whether folding changes the word. */
    private boolean fold() {
        char[] word = term.buffer();
        int end = term.length();
        int plain = 0;
        while (plain < end && word[plain] < 0x80) {
            plain++;
        }
        if (plain == end) {
            return false;
        }
        if (folded.length < end * LONGEST_FOLDED) {
            folded = new char[end * LONGEST_FOLDED];
        }
        length = 0;
        boolean changes = false;
        for (int i = 0; i < end; i++) {
            if (word[i] < 0x80 || letters.indexOf(word[i]) >= 0) {
                folded[length++] = word[i];
            } else {
                int before = length;
                length = ASCIIFoldingFilter.foldToASCII(word, i, folded, length, 1);
                changes |= length != before + 1 || folded[before] != word[i];
            }
        }
        return changes;
    }

    @Override
    public void reset() throws IOException {
        super.reset();
        original = null;
    }
}
