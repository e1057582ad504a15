package dev.tandem.index.opensearch.query;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.domain.collection.Language;
import dev.tandem.domain.search.SearchText.Clause;
import dev.tandem.index.opensearch.shape.Names;
import dev.tandem.index.opensearch.shape.Tokens;
import dev.tandem.index.text.Misspelling;
import dev.tandem.index.text.PlainForms;
import dev.tandem.index.text.QueryWords;
import dev.tandem.index.text.QueryWords.Word;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds what the words of a query may mean beside themselves. The cluster looks for similar words itself: it finds them as they are spelled, and
 * not in their other forms.
 */
final class LooseWords {

    /** What a similar word is worth, compared with the word itself. */
    private static final float SIMILAR_WEIGHT = 0.5f;

    /** What having a word is worth that begins with the query's last one. Having the word itself is worth that, and what it scores. */
    static final float BEGINNING_WEIGHT = 1;

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
        int parts = Math.clamp(fuzzy, 1, MOST_WORDS) * MOST_FORMS * 2;
        this.mostSimilar = Math.min(MOST_SIMILAR, MOST_IN_ALL / parts);
    }

    /** The best of the word and of those that are like it; of no others for the words after the first. */
    ObjectNode orSimilar(Word word, ObjectNode exact, Clause clause) {
        if (!clause.leeway().isFuzzy() || words++ >= MOST_WORDS) {
            return exact;
        }
        List<ObjectNode> queries = new ArrayList<>();
        queries.add(exact);
        Misspelling.of(word, language).stream().limit(MOST_FORMS).forEach(form -> {
            queries.add(similar(form.word(), 1, form.edits()));
            queries.add(similar(PlainForms.marked(form.word()), 2, form.edits()));
        });
        return queries.size() == 1 ? exact : Queries.best(queries, 0);
    }

    private ObjectNode similar(String word, int same, int edits) {
        return Queries.fuzzy(Names.SPELLING, Tokens.word(word), same, edits, mostSimilar, SIMILAR_WEIGHT);
    }

    /** Finds what begins with the last word of the clause; null if that one is finished. */
    @Nullable
    ObjectNode beginning(Clause clause) {
        String last = clause.leeway().endsInPrefix() ? QueryWords.last(clause.text(), language) : null;
        if (last == null) {
            return null;
        }
        return WordQueries.prefix(last, language, BEGINNING_WEIGHT);
    }
}
