package dev.tandem.embedding;

import java.text.BreakIterator;
import java.util.Locale;

/**
 * Rates the gap before each token of a text as a place to cut: between paragraphs, sentences, lines or words, or within a word. One pass
 * over the text finds them all.
 */
final class Boundaries {

    private static final byte WITHIN_WORD = 0;
    private static final byte WORD = 1;
    private static final byte LINE = 2;
    private static final byte SENTENCE = 3;
    private static final byte PARAGRAPH = 4;

    private final byte[] before;

    private Boundaries(byte[] before) {
        this.before = before;
    }

    static Boundaries of(String text, Tokens tokens) {
        byte[] before = new byte[tokens.count()];
        BreakIterator sentences = BreakIterator.getSentenceInstance(Locale.ROOT);
        sentences.setText(text);
        int sentence = sentences.first();
        for (int token = 1; token < before.length; token++) {
            int end = tokens.end(token - 1);
            int start = tokens.start(token);
            while (sentence != BreakIterator.DONE && sentence < end) {
                sentence = sentences.next();
            }
            boolean newSentence = sentence != BreakIterator.DONE && sentence <= start;
            before[token] = strength(text, end, start, newSentence);
        }
        return new Boundaries(before);
    }

    /** The last of the best places to cut before a token in {@code from} to {@code to}, both included. */
    int lastBest(int from, int to) {
        int best = to;
        for (int token = to - 1; token >= from; token--) {
            if (before[token] > before[best]) {
                best = token;
            }
        }
        return best;
    }

    /** Whether a word begins with this token. */
    boolean isWord(int token) {
        return token == 0 || before[token] != WITHIN_WORD;
    }

    private static byte strength(String text, int end, int start, boolean newSentence) {
        int lineBreaks = 0;
        boolean space = false;
        for (int i = end; i < start; i++) {
            char c = text.charAt(i);
            lineBreaks += c == '\n' || c == '\u2029' ? 1 : 0;
            space |= Character.isWhitespace(c);
        }
        if (lineBreaks > 1) {
            return PARAGRAPH;
        }
        if (newSentence) {
            return SENTENCE;
        }
        if (lineBreaks == 1) {
            return LINE;
        }
        return space || !joined(text.codePointBefore(start), text.codePointAt(start)) ? WORD : WITHIN_WORD;
    }

    private static boolean joined(int left, int right) {
        return isOfWord(left) && isOfWord(right);
    }

    private static boolean isOfWord(int codePoint) {
        int type = Character.getType(codePoint);
        boolean mark = type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
        return mark || (Character.isLetterOrDigit(codePoint) && !Character.isIdeographic(codePoint));
    }
}
