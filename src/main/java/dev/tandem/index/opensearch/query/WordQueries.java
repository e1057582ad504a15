package dev.tandem.index.opensearch.query;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.domain.collection.Language;
import dev.tandem.domain.search.SearchText.Clause;
import dev.tandem.domain.search.SearchText.Occur;
import dev.tandem.index.opensearch.shape.Names;
import dev.tandem.index.opensearch.shape.Tokens;
import dev.tandem.index.text.PlainForms;
import dev.tandem.index.text.QueryWords;
import dev.tandem.index.text.QueryWords.Spelled;
import dev.tandem.index.text.QueryWords.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds documents by words, scored by BM25: title and content are one text in which the title stands several times. */
final class WordQueries {

    /** What other forms of a word add to the best one. */
    private static final float OTHER_FORMS = 0.3f;

    /** What a name adds to the words in it. */
    private static final float NAME_WEIGHT = 0.5f;

    /** Enough to order documents that are alike otherwise. */
    private static final float SPELLING_WEIGHT = 0.01f;

    /** What two words that stand next to each other, as in the query, add to the words. */
    private static final float NEIGHBOURS_WEIGHT = 0.15f;

    /** Longer queries are not looked for word by word in this order: hardly a document has them. Only so many first words have neighbours. */
    private static final int LONGEST_QUOTATION = 32;

    /** OpenSearch counts the parts of a query, and refuses more than 1,024. Further words are left out; few documents are found by them alone. */
    private static final int MOST_FORMS = 400;

    private WordQueries() {}

    /**
     * Any of the words of a clause, or all of them if it is not a should.
     *
     * @param words at least one, be it a stop word
     * @param loose what they may mean beside themselves
     */
    static ObjectNode of(Clause clause, QueryWords words, LooseWords loose) {
        ObjectNode query = Queries.object();
        ObjectNode bool = query.putObject("bool");
        boolean isAll = clause.occur() != Occur.SHOULD;
        ArrayNode required = bool.putArray(isAll ? "must" : "should");
        // With a must, OpenSearch takes every other word for optional, as is meant.
        ArrayNode optional = isAll ? bool.putArray("should") : required;
        ObjectNode beginning = loose.beginning(clause);
        if (words.words().isEmpty()) {
            addStopWords(words.spelling(), required, optional);
            return beginning == null ? query : Queries.either(query, beginning);
        }
        int forms = 0;
        for (Word word : words.words()) {
            forms += word.forms().size();
            ObjectNode meant = loose.orSimilar(word, anyForm(word.forms()), clause);
            if (beginning != null && word.end() == clause.text().length()) {
                // In another form, the word itself may not begin as it was typed.
                meant = Queries.either(
                        meant,
                        Queries.constant(
                                Queries.either(anyForm(word.forms()), beginning), LooseWords.BEGINNING_WEIGHT));
                beginning = null;
            }
            if (isAll || forms <= MOST_FORMS) {
                required.add(meant);
            }
        }
        if (beginning != null) {
            // The last one is a stop word so far.
            required.add(beginning);
        }
        // C++ is another name than C, and found by its word alone C would be as good.
        words.spelling().stream()
                .filter(Spelled::isName)
                .map(Spelled::word)
                .limit(MOST_FORMS / 2)
                .forEach(name -> optional.add(spelled(name, NAME_WEIGHT)));
        return query;
    }

    private static void addStopWords(List<Spelled> spelling, ArrayNode required, ArrayNode optional) {
        distinct(spelling).forEach(word -> required.add(spelled(word, 1)));
        if (spelling.size() > 1) {
            optional.add(phrase(spelling));
        }
    }

    /** The words as they are spelled, one after the other. A whole stands before its first word, and has it in it. */
    static ObjectNode phrase(List<Spelled> spelling) {
        return phrase(spelling, 1);
    }

    private static ObjectNode phrase(List<Spelled> spelling, float boost) {
        List<@Nullable String> places = new ArrayList<>();
        for (Spelled word : spelling) {
            int place = word.position() - spelling.getFirst().position();
            while (places.size() < place) {
                places.add(null);
            }
            if (places.size() == place) {
                places.add(word.word());
            }
        }
        return Queries.phrase(Names.SPELLING, Tokens.at(places), boost);
    }

    /** Matches documents with a word that begins with the text, all with the same score. */
    static ObjectNode prefix(String text, Language language, float score) {
        ObjectNode query = Queries.object();
        var any = query.putObject("bool").putArray("should");
        PlainForms.beginnings(text, language)
                .forEach(beginning -> any.add(Queries.prefix(Names.SPELLING, Tokens.word(beginning))));
        return Queries.constant(query, score);
    }

    /**
     * Scores what a document has as it is written, stop words among it: the words, those that stand next to each other, and all in this order.
     *
     * @param spelling at least one
     */
    static ObjectNode writtenLike(List<Spelled> spelling) {
        ObjectNode query = Queries.object();
        var any = query.putObject("bool").putArray("should");
        distinct(spelling).forEach(word -> any.add(spelled(word, SPELLING_WEIGHT)));
        if (spelling.size() > 1 && spelling.size() <= LONGEST_QUOTATION) {
            any.add(phrase(spelling, SPELLING_WEIGHT));
        }
        QueryWords.neighbours(spelling, LONGEST_QUOTATION).forEach(pair -> any.add(phrase(pair, NEIGHBOURS_WEIGHT)));
        return query;
    }

    private static List<String> distinct(List<Spelled> spelling) {
        return spelling.stream().map(Spelled::word).distinct().toList();
    }

    private static ObjectNode spelled(String word, float boost) {
        return Queries.term(Names.SPELLING, Tokens.word(word), boost);
    }

    private static ObjectNode anyForm(Set<String> forms) {
        List<ObjectNode> queries = forms.stream()
                .map(form -> Queries.term(Names.WORDS, Tokens.word(form), 1))
                .toList();
        return queries.size() == 1 ? queries.getFirst() : Queries.best(queries, OTHER_FORMS);
    }
}
