package dev.tandem.index.opensearch.query;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.domain.collection.Language;
import dev.tandem.domain.search.SearchText;
import dev.tandem.domain.search.SearchText.Clause;
import dev.tandem.domain.search.SearchText.Occur;
import dev.tandem.index.text.QueryWords;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The clauses of a text as a query. A clause without a word, such as punctuation, asks for nothing. */
final class KeywordQueries {

    private KeywordQueries() {}

    /** Finds and scores documents; null if the text has no words. */
    static @Nullable ObjectNode of(SearchText text, Language language) {
        ObjectNode query = Queries.object();
        ObjectNode bool = query.putObject("bool");
        LooseWords loose = new LooseWords(text.clauses(), language);
        for (Clause clause : text.clauses()) {
            ObjectNode part = of(clause, loose, language);
            if (part != null) {
                bool.withArray("/" + name(clause.occur())).add(part);
            }
        }
        if (bool.isEmpty()) {
            return null;
        }
        boolean isPositive = bool.has("must") || bool.has("should");
        if (!isPositive) {
            bool.putArray("filter").add(Queries.documents());
        }
        return query;
    }

    /** Adds what documents must have and must not have. */
    static void addDemands(List<Clause> demands, Language language, List<ObjectNode> conditions) {
        LooseWords loose = new LooseWords(demands, language);
        for (Clause clause : demands) {
            ObjectNode part = of(clause, loose, language);
            if (part != null && clause.occur() == Occur.MUST) {
                conditions.add(part);
            } else if (part != null) {
                ObjectNode not = Queries.object();
                ArrayNode excluded = not.putObject("bool").putArray("must_not");
                conditions.add(not);
                excluded.add(part);
            }
        }
    }

    private static @Nullable ObjectNode of(Clause clause, LooseWords loose, Language language) {
        QueryWords words = QueryWords.of(clause.text(), language);
        if (words.isEmpty()) {
            return null;
        }
        return switch (clause.kind()) {
            case WORDS -> WordQueries.of(clause, words, loose);
            case PHRASE -> WordQueries.phrase(words.spelling());
            case PREFIX ->
                QueryWords.endsInSign(clause.text())
                        ? WordQueries.phrase(words.spelling())
                        : WordQueries.prefix(clause.text(), language, 1);
        };
    }

    private static String name(Occur occur) {
        return switch (occur) {
            case SHOULD -> "should";
            case MUST -> "must";
            case MUST_NOT -> "must_not";
        };
    }
}
