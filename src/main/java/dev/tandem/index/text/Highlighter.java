package dev.tandem.index.text;

import static java.util.stream.Collectors.toUnmodifiableSet;

import dev.tandem.domain.collection.Language;
import dev.tandem.domain.search.SearchText;
import dev.tandem.index.text.QueryWords.Spelled;
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

    private final Set<String> named;
    private final @Nullable LooseWords others;
    private final boolean hasStopWordsOnly;
    private final UnifiedHighlighter highlighter;

    public Highlighter(Language language, SearchText query) {
        QueryWords words = QueryWords.of(query.wanted(), language);
        this.hasStopWordsOnly = words.words().isEmpty();
        this.named = hasStopWordsOnly
                ? words.spelling().stream().map(Spelled::word).collect(toUnmodifiableSet())
                : words.words().stream().flatMap(word -> word.forms().stream()).collect(toUnmodifiableSet());
        this.others = LooseWords.of(query, language);
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
        if (named.isEmpty() || text == null || text.isBlank()) {
            return List.of();
        }
        String beginning = beginning(text);
        try {
            Object extracts = highlighter.highlightWithoutSearcher(FIELD, query(beginning), beginning, MAX_EXTRACTS);
            return extracts == null ? List.of() : (List<String>) extracts;
        } catch (IOException e) {
            throw new UncheckedIOException("A text in memory cannot be read.", e);
        }
    }

    private Query query(String text) {
        if (others == null) {
            return anyOf(named);
        }
        Set<String> all = new HashSet<>(named);
        all.addAll(others.in(text, hasStopWordsOnly));
        return anyOf(all);
    }

    private static String beginning(String text) {
        return text.length() <= MAX_ANALYSED ? text : text.substring(0, MAX_ANALYSED);
    }

    private static Query anyOf(Set<String> words) {
        BooleanQuery.Builder any = new BooleanQuery.Builder();
        words.forEach(word -> any.add(new TermQuery(new Term(FIELD, word)), Occur.SHOULD));
        return any.build();
    }
}
