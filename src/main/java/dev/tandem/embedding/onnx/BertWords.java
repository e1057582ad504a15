package dev.tandem.embedding.onnx;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.Locale;

/**
 * Splits a text into words for an uncased BERT model: lower-cased, without accents and control characters, with each punctuation mark and
 * each Chinese character as a word of its own. Keeps for every character its position in the text.
 *
 * <p>The rules are those of Hugging Face's BertNormalizer and BertPreTokenizer, with two exceptions. First, a text cannot contain special
 * tokens: {@code [SEP]} is read as three words. Second, no word is longer than 100 UTF-16 units, the longest that the model can know; the
 * rest becomes another word, so that a text without spaces is neither one unknown word nor endless.
 */
final class BertWords {

    /** Takes each word that is found; answers false when it has enough. */
    interface Sink {
        boolean word(BertWords word);
    }

    private static final int LONGEST = 100;

    private final StringBuilder characters = new StringBuilder(LONGEST + 1);
    private final int[] starts = new int[LONGEST + 1];
    private final int[] ends = new int[LONGEST + 1];
    private final Sink sink;
    private boolean wanted = true;

    private BertWords(Sink sink) {
        this.sink = sink;
    }

    static void of(String text, Sink sink) {
        BertWords words = new BertWords(sink);
        int next;
        for (int i = 0; i < text.length() && words.wanted; i = next) {
            int codePoint = text.codePointAt(i);
            next = i + Character.charCount(codePoint);
            words.take(codePoint, i, next);
        }
        words.finish();
    }

    /** The current word, normalised. */
    StringBuilder characters() {
        return characters;
    }

    /** Where in the text a piece of the word begins; {@code from} counts the word's UTF-16 units. */
    int start(int from) {
        return starts[from];
    }

    /** Where in the text the piece up to this unit, exclusive, ends. */
    int end(int to) {
        return ends[to - 1];
    }

    private void take(int codePoint, int start, int end) {
        if (codePoint < 128 && Character.isLetterOrDigit(codePoint)) {
            append(Character.toLowerCase(codePoint), start, end);
        } else if (Characters.isSpace(codePoint)) {
            finish();
        } else if (Characters.isChinese(codePoint)) {
            finish();
            normalize(codePoint, start, end);
            finish();
        } else if (!Characters.isIgnored(codePoint)) {
            normalize(codePoint, start, end);
        }
    }

    private void normalize(int codePoint, int start, int end) {
        if (codePoint < 128) {
            appendOrPunctuate(codePoint, start, end);
            return;
        }
        String decomposed = Normalizer.normalize(Character.toString(codePoint), Normalizer.Form.NFD);
        decomposed
                .codePoints()
                .filter(part -> Character.getType(part) != Character.NON_SPACING_MARK)
                .forEach(part -> lower(part, start, end));
    }

    private void lower(int codePoint, int start, int end) {
        // As a string, because some letters become two in lower case.
        Character.toString(codePoint)
                .toLowerCase(Locale.ROOT)
                .codePoints()
                .forEach(part -> appendOrPunctuate(part, start, end));
    }

    private void appendOrPunctuate(int codePoint, int start, int end) {
        if (Characters.isPunctuation(codePoint)) {
            finish();
            append(codePoint, start, end);
            finish();
        } else {
            append(codePoint, start, end);
        }
    }

    private void append(int codePoint, int start, int end) {
        int from = characters.length();
        characters.appendCodePoint(codePoint);
        Arrays.fill(starts, from, characters.length(), start);
        Arrays.fill(ends, from, characters.length(), end);
        if (characters.length() >= LONGEST) {
            finish();
        }
    }

    private void finish() {
        if (!characters.isEmpty() && wanted) {
            wanted = sink.word(this);
        }
        characters.setLength(0);
    }
}
