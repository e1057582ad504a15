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

    /** More words than this make a query dearer, not better. */
    static final int MAX_WORDS = 256;

    /** How far into a text words are looked for. */
    private static final int MAX_TOKENS = 4_096;

    private QueryWords() {}

    /** The first {@link #MAX_WORDS} words in the language's form; none where the text has only stop words and punctuation. */
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
