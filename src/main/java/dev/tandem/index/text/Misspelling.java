package dev.tandem.index.text;

import dev.tandem.domain.collection.Language;
import dev.tandem.index.text.QueryWords.Word;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
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

    /** For so many words of a query, what is like them is looked for. In a longer one enough are right. */
    public static final int MOST_WORDS = 32;

    /** A name of many parts is none that somebody types. */
    private static final int MOST_FORMS = 4;

    private static final int LONGEST_WITHOUT_EDIT = 2;
    private static final int LONGEST_WITH_ONE = 5;

    /** Longer ones are no words, and looking for what is like them takes memory. */
    private static final int LONGEST = 64;

    private static final String APOSTROPHES = "'\u2019";

    private final int[] word;
    private final int edits;
    private final List<CompiledAutomaton> similar = new ArrayList<>();

    private Misspelling(String word, int edits) {
        this.word = word.codePoints().toArray();
        this.edits = edits;
    }

    /** Null if the word can only be meant as it is. */
    public static @Nullable Misspelling of(String word) {
        return of(word, edits(word));
    }

    /** The plain forms of a query's word; none if it can only be meant as it is. */
    public static List<Misspelling> of(Word word, Language language) {
        List<Misspelling> misspellings = new ArrayList<>();
        for (String plain : PlainForms.of(word.written(), language)) {
            // A letter that is two without its mark, such as ß, is one that somebody typed.
            Misspelling misspelling = of(plain, Math.min(edits(plain), edits(word.written())));
            if (misspelling != null && misspellings.size() < MOST_FORMS) {
                misspellings.add(misspelling);
            }
        }
        return misspellings;
    }

    private static @Nullable Misspelling of(String word, int edits) {
        return edits == 0 ? null : new Misspelling(word, edits);
    }

    public String word() {
        return new String(word, 0, word.length);
    }

    /** How many edits it may be away from what was meant: 1 or 2. */
    public int edits() {
        return edits;
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

    /**
     * Those of the terms that may have been meant, as they are spelled or in their {@linkplain PlainForms plain form}, the word itself among
     * them, and some more: {@link #editsTo} decides.
     */
    public List<TermsEnum> in(Terms terms) throws IOException {
        if (similar.isEmpty()) {
            // It takes about a millisecond, which who only compares words can save.
            String first = new String(word, 0, 1);
            LevenshteinAutomata ofRest = new LevenshteinAutomata(new String(word, 1, word.length - 1), true);
            for (String beginning : List.of(first, PlainForms.marked(first))) {
                similar.add(new CompiledAutomaton(
                        ofRest.toAutomaton(LevenshteinAutomata.MAXIMUM_SUPPORTED_DISTANCE, beginning), true, false));
            }
        }
        List<TermsEnum> found = new ArrayList<>();
        for (CompiledAutomaton automaton : similar) {
            found.add(automaton.getTermsEnum(terms));
        }
        return found;
    }

    /**
     * How many edits make the word the other one, or a form of it, since an ending is no typo; -1 if it can't have been meant.
     *
     * @param formsOf a word's forms, asked for if the word as it is spelled is too far away
     */
    public int editsTo(String other, Function<String, Set<String>> formsOf) {
        int direct = editsTo(other, edits);
        // An index gives only words that are that close; of a text, all others would be taken apart for nothing.
        boolean isClose = editsTo(other, LevenshteinAutomata.MAXIMUM_SUPPORTED_DISTANCE) >= 0;
        if (direct >= 0 || !isClose || other.length() <= word.length) {
            return direct;
        }
        return formsOf.apply(other).stream()
                .mapToInt(form -> editsTo(form, edits))
                .filter(needed -> needed >= 0)
                .min()
                .orElse(-1);
    }

    private int editsTo(String other, int most) {
        int[] signs = other.codePoints().toArray();
        if (signs.length > 0 && signs[0] == word[0]) {
            for (int needed = 0; needed <= most; needed++) {
                if (isWithin(needed, word, 0, signs, 0)) {
                    return needed;
                }
            }
        }
        return -1;
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
