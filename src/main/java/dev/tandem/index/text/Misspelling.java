package dev.tandem.index.text;

import java.io.IOException;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.util.automaton.CompiledAutomaton;
import org.apache.lucene.util.automaton.LevenshteinAutomata;
import org.jspecify.annotations.Nullable;

/**
 * A word that may have been meant to be another one. The other one begins with the same letter, and is an edit or two away: a letter more, a
 * letter less, another letter, or two neighbours swapped. How many depends on the length of the word, in code points. It is for one search, and for one
 * thread at a time.
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
    private final int edits;
    private @Nullable CompiledAutomaton similar;

    private Misspelling(String word, int edits) {
        this.word = word.codePoints().toArray();
        this.edits = edits;
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
        // It takes about a millisecond, which who only compares words can save.
        similar = similar == null ? automaton() : similar;
        return similar.getTermsEnum(terms);
    }

    private CompiledAutomaton automaton() {
        String first = new String(word, 0, 1);
        LevenshteinAutomata ofRest = new LevenshteinAutomata(new String(word, 1, word.length - 1), true);
        return new CompiledAutomaton(ofRest.toAutomaton(edits, first), true, false);
    }

    /** Whether the word may have been meant to be the other one. */
    boolean mayMean(String other) {
        return !other.isEmpty()
                && other.codePointAt(0) == word[0]
                && isWithin(edits, word, 0, other.codePoints().toArray(), 0);
    }

    /** Whether one edit makes the word another one. */
    public boolean isOneEditFrom(String other) {
        return isWithin(1, word, 0, other.codePoints().toArray(), 0);
    }

    /** Whether so many edits make the rest of a word that of another one. */
    private static boolean isWithin(int edits, int[] one, int from, int[] other, int to) {
        int i = from;
        int j = to;
        while (i < one.length && j < other.length && one[i] == other[j]) {
            i++;
            j++;
        }
        int left = one.length - i;
        int right = other.length - j;
        if (Math.abs(left - right) > edits) {
            return false;
        }
        if (left == 0 || right == 0 || edits == 0) {
            return left == 0 || right == 0;
        }
        return isWithin(edits - 1, one, i + 1, other, j + 1)
                || isWithin(edits - 1, one, i + 1, other, j)
                || isWithin(edits - 1, one, i, other, j + 1)
                || isSwap(one, i, other, j) && isWithin(edits - 1, one, i + 2, other, j + 2);
    }

    private static boolean isSwap(int[] one, int i, int[] other, int j) {
        return i + 1 < one.length && j + 1 < other.length && one[i] == other[j + 1] && one[i + 1] == other[j];
    }
}
