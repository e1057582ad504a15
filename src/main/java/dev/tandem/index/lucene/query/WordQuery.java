package dev.tandem.index.lucene.query;

import dev.tandem.index.lucene.query.text.Vocabulary.Similar;
import dev.tandem.index.lucene.shape.Fields;
import dev.tandem.index.text.QueryWords;
import dev.tandem.index.text.QueryWords.Spelled;
import dev.tandem.index.text.QueryWords.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.ConstantScoreQuery;
import org.apache.lucene.search.DisjunctionMaxQuery;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;
import org.jspecify.annotations.Nullable;

/** Finds documents by words, scored by BM25. */
final class WordQuery {

    /** What other forms of a word add to the best one. */
    private static final float OTHER_FORMS = 0.3f;

    /** What a name adds to the words in it. */
    private static final float NAME_WEIGHT = 0.5f;

    /** Enough to order documents that are alike otherwise. */
    private static final float SPELLING_WEIGHT = 0.01f;

    /** What two words that stand next to each other, as in the query, add to the words: 0.85 to 0.1 and some more in the literature. */
    private static final float NEIGHBOURS_WEIGHT = 0.15f;

    /** Longer queries are not looked for word by word in this order: hardly a document has them. Only so many first words have neighbours. */
    private static final int LONGEST_QUOTATION = 32;

    /** What having a word is worth that begins with the query's last one. Having the word itself is worth that, and what it scores. */
    private static final float BEGINNING_WEIGHT = 1;

    private final QueryWords words;
    private final Occur occur;

    /**
     * Any or all of the words.
     *
     * @param words at least one, be it a stop word
     * @param occur SHOULD for any, MUST for all
     */
    WordQuery(QueryWords words, Occur occur) {
        this.words = words;
        this.occur = occur;
    }

    /**
     * Scores documents by those that they have.
     *
     * @param similar what else a word may mean
     * @param beginning matches documents that have a word which begins with the last one, with a score of 1; null if the last one is a word
     * @param end where the text ends
     */
    Query of(Map<Word, List<Similar>> similar, @Nullable Query beginning, int end) {
        Query begun = beginning;
        if (words.words().isEmpty()) {
            Query exact = ofStopWords(words.spelling(), occur);
            return begun == null ? exact : either(exact, begun(begun));
        }
        BooleanQuery.Builder all = new BooleanQuery.Builder();
        for (Word word : words.words()) {
            Query meant = anyOf(word, similar.getOrDefault(word, List.of()));
            if (begun != null && word.end() == end) {
                // In another form, the word itself may not begin as it was typed.
                meant = either(meant, begun(new ConstantScoreQuery(either(anyForm(word.forms()), begun))));
                begun = null;
            }
            all.add(meant, occur);
        }
        if (begun != null) {
            // The last one is a stop word so far.
            all.add(begun(begun), occur);
        }
        // C++ is another name than C, and found by its word alone C would be as good.
        words.spelling().stream()
                .filter(Spelled::isName)
                .forEach(name -> all.add(new BoostQuery(spelled(name.word()), NAME_WEIGHT), Occur.SHOULD));
        return all.build();
    }

    private static Query begun(Query beginning) {
        return new BoostQuery(beginning, BEGINNING_WEIGHT);
    }

    private static Query either(Query one, Query other) {
        return new BooleanQuery.Builder()
                .add(one, Occur.SHOULD)
                .add(other, Occur.SHOULD)
                .build();
    }

    /** Stop words don't tell documents apart. If a query has no other words they are what is asked for, best in this order. */
    private static Query ofStopWords(List<Spelled> spelling, Occur occur) {
        BooleanQuery.Builder all = new BooleanQuery.Builder();
        spelling.stream().map(Spelled::word).distinct().forEach(word -> all.add(spelled(word), occur));
        if (spelling.size() > 1) {
            all.add(phrase(spelling), Occur.SHOULD);
        }
        return all.build();
    }

    /** The words as they are spelled, one after the other. */
    static Query phrase(List<Spelled> spelling) {
        PhraseQuery.Builder phrase = new PhraseQuery.Builder();
        spelling.forEach(word -> phrase.add(term(word.word()), word.position()));
        return phrase.build();
    }

    /**
     * Scores what a document has as it is written, stop words among it: the words, those that stand next to each other (Metzler and Croft 2005),
     * and all in this order.
     */
    static Query writtenLike(List<Spelled> spelling) {
        BooleanQuery.Builder any = new BooleanQuery.Builder();
        spelling.stream()
                .map(Spelled::word)
                .distinct()
                .forEach(word -> any.add(new BoostQuery(spelled(word), SPELLING_WEIGHT), Occur.SHOULD));
        if (spelling.size() > 1 && spelling.size() <= LONGEST_QUOTATION) {
            any.add(new BoostQuery(phrase(spelling), SPELLING_WEIGHT), Occur.SHOULD);
        }
        QueryWords.neighbours(spelling, LONGEST_QUOTATION)
                .forEach(pair -> any.add(new BoostQuery(phrase(pair), NEIGHBOURS_WEIGHT), Occur.SHOULD));
        return any.build();
    }

    private static Query spelled(String word) {
        return new TermQuery(term(word));
    }

    private static Term term(String word) {
        return new Term(Fields.SPELLING, word);
    }

    /** The best of what the word may mean counts: that a document has many words which are alike says nothing. */
    private static Query anyOf(Word word, List<Similar> similar) {
        Query exact = anyForm(word.forms());
        if (similar.isEmpty()) {
            return exact;
        }
        List<Query> queries = new ArrayList<>();
        queries.add(exact);
        similar.forEach(other -> queries.add(new BoostQuery(form(other.form()), other.weight())));
        return new DisjunctionMaxQuery(queries, 0);
    }

    private static Query anyForm(Set<String> forms) {
        List<Query> queries = forms.stream().map(WordQuery::form).toList();
        return queries.size() == 1 ? queries.getFirst() : new DisjunctionMaxQuery(queries, OTHER_FORMS);
    }

    private static Query form(String form) {
        return new TermQuery(new Term(Fields.WORDS, form));
    }
}
