package dev.tandem.index.opensearch.query;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.domain.collection.Language;
import dev.tandem.domain.search.SearchText.Clause;
import dev.tandem.index.opensearch.shape.Names;
import dev.tandem.index.opensearch.shape.Tokens;
import dev.tandem.index.text.Analyzers;
import dev.tandem.index.text.Misspelling;
import dev.tandem.index.text.QueryWords;
import dev.tandem.index.text.QueryWords.Word;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds what the words of a query may mean beside themselves. The cluster looks for similar words itself: what it finds by the spelling of a
 * word is that word as it is spelled, and not in its other forms.
 */
final class LooseWords {

    /** What a similar word is worth, compared with the word itself. */
    private static final float SIMILAR_WEIGHT = 0.5f;

    /** What beginning a word that has the query's last one as its beginning is worth. Having the word itself is worth that, and more. */
    private static final float BEGINNING_WEIGHT = 0.5f;

    private static final int MOST_WORDS = 16;
    private static final int MOST_FORMS = 2;

    /** The most for one word. */
    private static final int MOST_SIMILAR = 50;

    /** All of them count as parts of the query. */
    private static final int MOST_IN_ALL = 288;

    private final Language language;
    private final int mostSimilar;
    private int words;

    LooseWords(List<Clause> clauses, Language language) {
        this.language = language;
        int fuzzy = clauses.stream()
                .filter(clause -> clause.leeway().isFuzzy())
                .mapToInt(
                        clause -> QueryWords.of(clause.text(), language).words().size())
                .sum();
        int parts = Math.clamp(fuzzy, 1, MOST_WORDS) * (MOST_FORMS + 1);
        this.mostSimilar = Math.min(MOST_SIMILAR, MOST_IN_ALL / parts);
    }

    /** The best of the word and of those that are like it; of no others for the words after the first. */
    ObjectNode orSimilar(Word word, ObjectNode exact, Clause clause) {
        if (!clause.leeway().isFuzzy() || words++ >= MOST_WORDS) {
            return exact;
        }
        List<ObjectNode> queries = new ArrayList<>();
        queries.add(exact);
        word.forms().stream().sorted().limit(MOST_FORMS).forEach(form -> addSimilar(queries, Names.WORDS, form));
        addSimilar(queries, Names.SPELLING, Analyzers.normalized(Analyzers.spelling(language), word.written()));
        return queries.size() == 1 ? exact : Queries.best(queries, 0);
    }

    private void addSimilar(List<ObjectNode> queries, String field, String word) {
        int edits = Misspelling.edits(word);
        if (edits > 0) {
            queries.add(Queries.fuzzy(field, Tokens.word(word), edits, mostSimilar, SIMILAR_WEIGHT));
        }
    }

    /** Finds what begins with the last word of the clause; null if that one is finished. */
    @Nullable
    ObjectNode beginning(Clause clause) {
        String last = clause.leeway().endsInPrefix() ? QueryWords.last(clause.text(), language) : null;
        if (last == null) {
            return null;
        }
        ObjectNode beginning = WordQueries.prefix(last, language);
        beginning.withObject("/bool").put("boost", BEGINNING_WEIGHT);
        return beginning;
    }
}
