package dev.tandem.index.text.passage;

import dev.tandem.domain.collection.Language;
import dev.tandem.domain.search.SearchText;
import dev.tandem.index.text.Analyzers;
import dev.tandem.index.text.QueryWords;
import dev.tandem.work.Stop;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.text.BreakIterator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.uhighlight.UnifiedHighlighter;
import org.jspecify.annotations.Nullable;

/**
 * Finds a query's words in a text, in all their forms, and those that its leeway lets count as them. This is CPU work, so never call it on an event loop.
 *
 * <p>An extract is HTML: matching words are in {@code <em>..</em>}, and the characters {@code & < > " '} of the text itself are escaped.
 */
public final class Highlighter {

    /** The most extracts of one text. */
    public static final int MAX_EXTRACTS = 3;

    /** How much of a text is searched for matches, in UTF-16 units. */
    public static final int MAX_ANALYSED = 50_000;

    private static final String FIELD = "text";

    private final Query query;
    private final UnifiedHighlighter highlighter;

    /** @param texts in which words will be marked: what is like the query's words in one of them is marked in all of them, in all forms */
    public Highlighter(Language language, SearchText query, List<String> texts, Stop stop) {
        MeantWords meant = MeantWords.of(query, language);
        for (String text : texts) {
            stop.check();
            meant.learn(beginning(text));
        }
        QueryWords named = QueryWords.of(query.wanted(), language);
        boolean hasStopWordsOnly = named.words().isEmpty();
        Set<String> words = new HashSet<>();
        if (hasStopWordsOnly) {
            named.spelling().forEach(word -> words.add(word.word()));
            words.addAll(meant.spelled());
        } else {
            named.words().forEach(word -> words.addAll(word.forms()));
            meant.forms().forEach(words::addAll);
        }
        this.query = anyOf(words);
        this.highlighter = UnifiedHighlighter.builderWithoutSearcher(
                        hasStopWordsOnly ? Analyzers.spelling(language) : Analyzers.words(language))
                .withMaxNoHighlightPassages(0)
                .withBreakIterator(() -> BreakIterator.getSentenceInstance(Locale.ROOT))
                .withFormatter(new ExtractFormatter())
                .build();
    }

    /** The sentences that match best, in the order of the text; none if no word matches. */
    @SuppressWarnings("unchecked") // the formatter makes the list
    public List<String> extracts(@Nullable String text) {
        if (query instanceof MatchNoDocsQuery || text == null || text.isBlank()) {
            return List.of();
        }
        try {
            Object extracts = highlighter.highlightWithoutSearcher(FIELD, query, beginning(text), MAX_EXTRACTS);
            return extracts == null ? List.of() : (List<String>) extracts;
        } catch (IOException e) {
            throw new UncheckedIOException("A text in memory cannot be read.", e);
        }
    }

    static String beginning(String text) {
        return text.length() <= MAX_ANALYSED ? text : text.substring(0, MAX_ANALYSED);
    }

    private static Query anyOf(Set<String> words) {
        if (words.isEmpty()) {
            return new MatchNoDocsQuery();
        }
        BooleanQuery.Builder any = new BooleanQuery.Builder();
        words.forEach(word -> any.add(new TermQuery(new Term(FIELD, word)), Occur.SHOULD));
        return any.build();
    }
}
