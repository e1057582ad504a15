package dev.tandem.index.text;

import java.io.CharArrayReader;
import java.io.IOException;
import java.util.Arrays;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionIncrementAttribute;

/**
 * Gives the words of another tokenizer, and what is written in one go as a whole: {@code AB-123/4} beside its words, and {@code C++} and
 * {@code C#} in place of {@code C}. A whole stands where its first word does.
 */
final class SpellingTokenizer extends Tokenizer {

    /** A longer run without a space is no name. */
    private static final int LONGEST = 255;

    /** Signs that belong to the name that they end. */
    private static final String ENDINGS = "+#";
    /** Signs that belong to the name that they begin. */
    private static final String BEGINNINGS = ".#@$";

    private static final char SCRIPTS_WITHOUT_SPACES = '\u2E80';

    private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
    private final OffsetAttribute offset = addAttribute(OffsetAttribute.class);
    private final PositionIncrementAttribute position = addAttribute(PositionIncrementAttribute.class);

    private final Tokenizer words;
    private final CharTermAttribute word;
    private final OffsetAttribute place;
    private final PositionIncrementAttribute step;

    private char[] text = new char[0];
    private int length;
    /** Whether the word comes next, as the whole around it has just been given. */
    private boolean isKept;
    /** Where the last whole ends. */
    private int done;

    SpellingTokenizer(Tokenizer words) {
        this.words = words;
        this.word = words.getAttribute(CharTermAttribute.class);
        this.place = words.getAttribute(OffsetAttribute.class);
        this.step = words.getAttribute(PositionIncrementAttribute.class);
    }

    @Override
    public boolean incrementToken() throws IOException {
        clearAttributes();
        if (isKept) {
            isKept = false;
            giveWord(0);
            return true;
        }
        if (!words.incrementToken()) {
            return false;
        }
        int start = place.startOffset();
        if (start >= done) {
            int from = beginning(start);
            int to = ending(place.endOffset());
            done = to;
            if ((from < start || to > signed(place.endOffset())) && to - from <= LONGEST) {
                isKept = true;
                give(from, to, step.getPositionIncrement());
                term.copyBuffer(text, from, to - from);
                return true;
            }
        }
        giveWord(step.getPositionIncrement());
        return true;
    }

    /** The word, with the signs at its end: C# is no C. */
    private void giveWord(int increment) {
        int end = place.endOffset();
        int to = signed(end);
        give(place.startOffset(), to, increment);
        term.copyBuffer(word.buffer(), 0, word.length());
        for (int i = end; i < to; i++) {
            term.append(text[i]);
        }
    }

    private void give(int from, int to, int increment) {
        offset.setOffset(correctOffset(from), correctOffset(to));
        position.setPositionIncrement(increment);
    }

    /** Where the whole begins that has the word at its beginning. */
    private int beginning(int start) {
        boolean hasSign = start > 0 && BEGINNINGS.indexOf(text[start - 1]) >= 0 && (start == 1 || isSpace(start - 2));
        return hasSign ? start - 1 : start;
    }

    /** Where the whole ends that the word ending there belongs to. */
    private int ending(int end) {
        int run = end;
        while (run < length && isOfRun(run) && run - end <= LONGEST) {
            run++;
        }
        int last = run;
        while (last > end && !isOfName(last - 1)) {
            last--;
        }
        return hasSign(end, last) ? Math.max(last, signed(last)) : signed(end);
    }

    /** Where the signs end that follow the word ending there, if no letter follows them. */
    private int signed(int end) {
        int to = end;
        while (to < length && ENDINGS.indexOf(text[to]) >= 0) {
            to++;
        }
        return to == length || !isOfName(to) ? to : end;
    }

    private boolean hasSign(int from, int to) {
        for (int i = from; i < to; i++) {
            if (!isOfName(i)) {
                return true;
            }
        }
        return false;
    }

    /** Scripts without spaces, which begin there, have no wholes. */
    private boolean isOfRun(int index) {
        return text[index] < SCRIPTS_WITHOUT_SPACES && !isSpace(index);
    }

    private boolean isOfName(int index) {
        char sign = text[index];
        return Character.isLetterOrDigit(sign)
                || Character.isSurrogate(sign)
                || Character.getType(sign) == Character.NON_SPACING_MARK;
    }

    private boolean isSpace(int index) {
        return Character.isWhitespace(text[index]) || Character.isSpaceChar(text[index]);
    }

    @Override
    public void reset() throws IOException {
        super.reset();
        length = 0;
        for (int read; (read = input.read(text = roomy(text, length), length, text.length - length)) >= 0; ) {
            length += read;
        }
        words.setReader(new CharArrayReader(text, 0, length));
        words.reset();
        isKept = false;
        done = 0;
    }

    private static char[] roomy(char[] text, int length) {
        return length < text.length ? text : Arrays.copyOf(text, Math.max(1_024, text.length * 2));
    }

    @Override
    public void end() throws IOException {
        super.end();
        words.end();
        offset.setOffset(correctOffset(length), correctOffset(length));
    }

    @Override
    public void close() throws IOException {
        super.close();
        words.close();
    }
}
