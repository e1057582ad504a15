package dev.tandem.index.text;

import dev.tandem.domain.collection.Language;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashSet;
import java.util.Set;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/** The searchable words of a query's text, each once. */
public final class QueryWords {

    /** More words than this make a query slower, not better. */
    static final int MAX_WORDS = 256;

    /** How many tokens of a text are searched for words. */
    private static final int MAX_TOKENS = 4_096;

    private QueryWords() {}

    /** The first {@link #MAX_WORDS} words in the language's base form; none if the text has only stop words and punctuation. */
    public static Set<String> of(String text, Language language) {
        Set<String> words = new LinkedHashSet<>();
        try (TokenStream tokens = Analyzers.of(language).tokenStream("query", text)) {
            CharTermAttribute word = tokens.addAttribute(CharTermAttribute.class);
            tokens.reset();
            for (int i = 0; i < MAX_TOKENS && words.size() < MAX_WORDS && tokens.incrementToken(); i++) {
                words.add(word.toString());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("A text in memory cannot be read.", e);
        }
        return words;
    }
}
