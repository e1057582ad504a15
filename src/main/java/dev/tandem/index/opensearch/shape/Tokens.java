package dev.tandem.index.opensearch.shape;

import dev.tandem.domain.collection.Language;
import dev.tandem.index.text.Analyzers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionIncrementAttribute;
import org.jspecify.annotations.Nullable;

/**
 * The words of a text, analysed here and written down for the analyzer of {@link StoreDefinition}, which takes them apart again: the words
 * of one place with one sign between them, the places with another one. The signs are for private use and stand in no word.
 */
public final class Tokens {

    /** Between two places. */
    static final char NEXT_PLACE = '\uE000';

    /** Between two words of one place. */
    static final char SAME_PLACE = '\uE001';

    /** A place without a word. Nobody asks for it. */
    private static final char NO_WORD = '\uE002';

    /** No engine takes longer words: a character may take four bytes of 32,766. */
    private static final int LONGEST = 8_191;

    private Tokens() {}

    /** The words in their order. Where a stop word stood, there is nothing: a sign would count in the length of the text. */
    public static String words(String text, Language language) {
        return of(Analyzers.words(language), text, false);
    }

    /** The words as they are spelled, and in their plain forms, at their places, so that phrases can be looked for. */
    public static String spelling(String text, Language language) {
        return of(Analyzers.looseSpelling(language), text, true);
    }

    private static String of(Analyzer analyzer, String text, boolean hasPlaces) {
        StringBuilder all = new StringBuilder(text.length() + text.length() / 4);
        try (TokenStream tokens = analyzer.tokenStream("text", text)) {
            CharTermAttribute term = tokens.addAttribute(CharTermAttribute.class);
            PositionIncrementAttribute position = tokens.addAttribute(PositionIncrementAttribute.class);
            tokens.reset();
            while (tokens.incrementToken()) {
                if (term.length() <= LONGEST) {
                    int step = position.getPositionIncrement();
                    separate(all, hasPlaces ? step : Math.min(step, 1));
                    all.append(word(term.toString()));
                }
            }
            tokens.end();
        } catch (IOException e) {
            throw new UncheckedIOException("A text in memory cannot be read.", e);
        }
        return all.toString();
    }

    private static void separate(StringBuilder all, int step) {
        if (step == 0) {
            all.append(SAME_PLACE);
            return;
        }
        if (!all.isEmpty()) {
            all.append(NEXT_PLACE);
        }
        for (int i = 1; i < step; i++) {
            all.append(NO_WORD).append(NEXT_PLACE);
        }
    }

    /**
     * Words of a query at their places.
     *
     * @param words null where there is no word
     */
    public static String at(List<@Nullable String> words) {
        StringBuilder all = new StringBuilder();
        for (String word : words) {
            separate(all, 1);
            all.append(word == null ? NO_WORD : word(word));
        }
        return all.toString();
    }

    /** A word as it is sent: without signs of this class and halves of characters, for which there is no UTF-8. */
    public static String word(String word) {
        StringBuilder sent = null;
        for (int i = 0; i < word.length(); i++) {
            char sign = word.charAt(i);
            boolean isPaired = Character.isSurrogate(sign) && isPaired(word, i);
            if (sign >= NEXT_PLACE && sign <= NO_WORD || Character.isSurrogate(sign) && !isPaired) {
                if (sent == null) {
                    sent = new StringBuilder(word);
                }
                sent.setCharAt(i, '\uFFFD');
            }
        }
        return sent == null ? word : sent.toString();
    }

    private static boolean isPaired(String word, int at) {
        return Character.isHighSurrogate(word.charAt(at))
                ? at + 1 < word.length() && Character.isLowSurrogate(word.charAt(at + 1))
                : at > 0 && Character.isHighSurrogate(word.charAt(at - 1));
    }
}
