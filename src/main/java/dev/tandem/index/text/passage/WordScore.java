package dev.tandem.index.text.passage;

import dev.tandem.domain.collection.Language;
import dev.tandem.domain.search.SearchText;
import dev.tandem.domain.search.passage.ScoredChunk;
import dev.tandem.index.text.Analyzers;
import dev.tandem.work.Stop;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/**
 * Counts how many of a query's words a text has, each once and in any of its forms, or as the query's leeway allows. Stop words do not count. This is CPU work, so never call it
 * on an event loop.
 */
public final class WordScore {

    private final Language language;
    private final List<Set<String>> words;

    /** @param contents whose chunks will be counted: what is like the query's words in one of them counts in all of them, in all forms */
    public WordScore(Language language, SearchText query, List<String> contents, Stop stop) {
        this.language = language;
        MeantWords meant = MeantWords.of(query, language);
        for (String content : contents) {
            stop.check();
            meant.learn(Highlighter.beginning(content));
        }
        this.words = meant.forms().stream().distinct().toList();
    }

    /** The same chunks with their counts. Like highlights, it does not look beyond the beginning of a long content. */
    public List<ScoredChunk> of(String content, List<ScoredChunk> chunks, Stop stop) {
        return chunks.stream()
                .map(chunk -> new ScoredChunk(chunk.ordinal(), chunk.start(), chunk.end(), count(content, chunk, stop)))
                .toList();
    }

    private int count(String content, ScoredChunk chunk, Stop stop) {
        stop.check();
        int end = Math.min(chunk.end(), Math.min(content.length(), Highlighter.MAX_ANALYSED));
        return chunk.start() >= end ? 0 : count(content.substring(chunk.start(), end));
    }

    /** How many of the words a text has. */
    int count(String text) {
        Set<String> terms = terms(text);
        return (int) words.stream()
                .filter(forms -> forms.stream().anyMatch(terms::contains))
                .count();
    }

    private Set<String> terms(String text) {
        Set<String> terms = new HashSet<>();
        try (TokenStream tokens = Analyzers.words(language).tokenStream("text", text)) {
            CharTermAttribute term = tokens.addAttribute(CharTermAttribute.class);
            tokens.reset();
            while (tokens.incrementToken()) {
                terms.add(term.toString());
            }
            return terms;
        } catch (IOException e) {
            throw new UncheckedIOException("A text in memory cannot be read.", e);
        }
    }
}
