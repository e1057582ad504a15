package dev.tandem.index.text;

import java.io.IOException;
import java.util.Arrays;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.automaton.CompiledAutomaton;
import org.apache.lucene.util.automaton.LevenshteinAutomata;
import org.jspecify.annotations.Nullable;

/**
 * A word that may have been meant to be another one. The other one begins with the same letter, and is an edit or two away: a letter more, a
 * letter less, another letter, or two neighbours swapped. How many depends on the length of the word, in code points.
 *
 * <p>A word with a digit or a sign in it is a name or a number, and 1918 is no typo of 1919. Those mean themselves only.
 */
public final class Misspelling {

    private static final int LONGEST_WITHOUT_EDIT = 2;
    private static final int LONGEST_WITH_ONE = 5;

    /** Longer ones are no words, and looking for what is like them takes memory. */
    private static final int LONGEST = 64;

    private static final String APOSTROPHES = "'\u2019";

    private final int[] word;
    private final CompiledAutomaton similar;

    private Misspelling(String word, int edits) {
        int rest = word.offsetByCodePoints(0, 1);
        LevenshteinAutomata ofRest = new LevenshteinAutomata(word.substring(rest), true);
        this.word = word.codePoints().toArray();
        this.similar = new CompiledAutomaton(ofRest.toAutomaton(edits, word.substring(0, rest)), true, false);
    }

    /** Null if the word can only be meant as it is. */
    public static @Nullable Misspelling of(String word) {
        int edits = edits(word);
        return edits == 0 ? null : new Misspelling(word, edits);
    }

    /** How many edits the word may be away from what was meant: 0 to 2. */
    public static int edits(String word) {
        int length = word.codePointCount(0, word.length());
        if (length <= LONGEST_WITHOUT_EDIT || length > LONGEST || !isOfLetters(word)) {
            return 0;
        }
        return length <= LONGEST_WITH_ONE ? 1 : 2;
    }

    static boolean isOfLetters(String word) {
        return word.codePoints()
                .allMatch(sign -> Character.isLetter(sign)
                        || Character.getType(sign) == Character.NON_SPACING_MARK
                        || Character.getType(sign) == Character.COMBINING_SPACING_MARK
                        || APOSTROPHES.indexOf(sign) >= 0);
    }

    /** Those of the terms that may have been meant, the word itself among them. */
    public TermsEnum in(Terms terms) throws IOException {
        return similar.getTermsEnum(terms);
    }

    /** Whether the word may have been meant to be the other one. */
    boolean mayMean(String other) {
        BytesRef term = new BytesRef(other);
        return similar.getByteRunnable().run(term.bytes, term.offset, term.length);
    }

    /** Whether one edit makes the word another one. */
    public boolean isOneEditFrom(String other) {
        int[] meant = other.codePoints().toArray();
        int begin = Arrays.mismatch(word, meant);
        if (begin < 0) {
            return true;
        }
        int end = 0;
        while (end < Math.min(word.length, meant.length) - begin
                && word[word.length - 1 - end] == meant[meant.length - 1 - end]) {
            end++;
        }
        int left = word.length - begin - end;
        int right = meant.length - begin - end;
        boolean isSwap = left == 2 && right == 2 && word[begin] == meant[begin + 1] && word[begin + 1] == meant[begin];
        return Math.max(left, right) == 1 || isSwap;
    }
}
