package dev.tandem.embedding.http;

import dev.tandem.embedding.Tokenizer;
import dev.tandem.embedding.Tokens;

/**
 * Counts tokens for models whose own tokenizer is unknown, and rather too many than too few. Every third letter of a word of ASCII letters
 * begins a token; models need about half as many for English. In what looks like no word of a language every character is a token: digits,
 * letters mixed with digits, capital letters after small ones, and words of more than 24 letters. So is each other character, such as a mark,
 * a letter with an accent, or a letter of another script.
 *
 * <p>No WordPiece or unigram model splits a text finer than into characters. A model with tokens of bytes may need two or three for a
 * character of some scripts.
 */
public final class WordCount implements Tokenizer {

    public static final WordCount INSTANCE = new WordCount();

    private static final int LETTERS_A_TOKEN = 3;
    private static final int LONGEST_WORD = 24;

    private WordCount() {}

    @Override
    public Tokens tokenize(String text) {
        Tokens.Builder tokens = new Tokens.Builder();
        int at = 0;
        while (at < text.length()) {
            int codePoint = text.codePointAt(at);
            if (isAsciiWord(codePoint)) {
                int end = endOfWord(text, at);
                int step = isPlain(text, at, end) ? LETTERS_A_TOKEN : 1;
                for (int start = at; start < end; start += step) {
                    tokens.add(start, Math.min(end, start + step));
                }
                at = end;
            } else {
                int end = at + Character.charCount(codePoint);
                if (!isSpace(codePoint)) {
                    tokens.add(at, end);
                }
                at = end;
            }
        }
        return tokens.build();
    }

    /** The beginning of a text that has at most this many tokens. */
    String first(int most, String text) {
        if (text.length() <= most) {
            return text;
        }
        Tokens tokens = tokenize(text);
        return tokens.count() <= most ? text : text.substring(0, tokens.end(most - 1));
    }

    private static int endOfWord(String text, int from) {
        int end = from;
        while (end < text.length() && isAsciiWord(text.charAt(end))) {
            end++;
        }
        return end;
    }

    /** Whether it looks like a word of a language: letters only, not too many, and none but the first in another case. */
    private static boolean isPlain(String text, int from, int to) {
        if (to - from > LONGEST_WORD) {
            return false;
        }
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c <= '9' || (i > from && isUpper(c) && !isUpper(text.charAt(i - 1)))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isUpper(char c) {
        return c >= 'A' && c <= 'Z';
    }

    private static boolean isAsciiWord(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }

    private static boolean isSpace(int codePoint) {
        return Character.isWhitespace(codePoint) || Character.isSpaceChar(codePoint);
    }
}
