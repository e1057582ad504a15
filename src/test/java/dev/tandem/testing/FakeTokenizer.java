package dev.tandem.testing;

import dev.tandem.embedding.Tokenizer;
import dev.tandem.embedding.Tokens;

/** Treats words as tokens, and a word of more than 8 characters as several. It ignores zero-width spaces. */
public final class FakeTokenizer implements Tokenizer {

    private static final int LONGEST = 8;
    private static final int ZERO_WIDTH_SPACE = 0x200B;

    @Override
    public Tokens tokenize(String text) {
        Tokens.Builder tokens = new Tokens.Builder();
        int start = 0;
        int length = 0;
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            boolean space = Character.isWhitespace(text.codePointAt(i));
            if (length > 0 && (space || length == LONGEST)) {
                tokens.add(start, i);
                length = 0;
            }
            if (!space && text.codePointAt(i) != ZERO_WIDTH_SPACE) {
                start = length == 0 ? i : start;
                length++;
            }
        }
        return length == 0 ? tokens.build() : tokens.add(start, text.length()).build();
    }
}
