package dev.tandem.index.lucene.query;

import dev.tandem.domain.collection.Language;
import dev.tandem.domain.search.SearchText;
import dev.tandem.domain.search.SearchText.Clause;
import dev.tandem.index.lucene.query.text.Vocabulary;
import dev.tandem.index.lucene.query.text.Vocabulary.Similar;
import dev.tandem.index.lucene.shape.Fields;
import dev.tandem.index.text.QueryWords;
import dev.tandem.index.text.QueryWords.Word;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.Query;
import org.jspecify.annotations.Nullable;

/** The clauses of a text in Lucene's terms. A clause without a word, such as punctuation, asks for nothing. */
final class KeywordQuery {

    private final Language language;
    private final Vocabulary vocabulary;

    /** @param vocabulary of the index that is searched */
    KeywordQuery(Language language, Vocabulary vocabulary) {
        this.language = language;
        this.vocabulary = vocabulary;
    }

    /** Finds and scores documents; null if the text has no words. */
    @Nullable
    Query of(SearchText text) throws IOException {
        BooleanQuery.Builder all = new BooleanQuery.Builder();
        int positive = 0;
        int negative = 0;
        for (Clause clause : text.clauses()) {
            Query query = of(clause);
            if (query != null) {
                all.add(query, occur(clause));
                boolean excludes = clause.occur() == SearchText.Occur.MUST_NOT;
                negative += excludes ? 1 : 0;
                positive += excludes ? 0 : 1;
            }
        }
        if (positive == 0 && negative > 0) {
            all.add(Fields.documents(), Occur.FILTER);
        }
        return positive + negative == 0 ? null : all.build();
    }

    /** Matches the documents that meet the demands; null if there are none. */
    @Nullable
    Query of(List<Clause> demands) throws IOException {
        BooleanQuery.Builder all = new BooleanQuery.Builder().add(Fields.documents(), Occur.FILTER);
        boolean isAny = false;
        for (Clause clause : demands) {
            Query query = of(clause);
            if (query != null) {
                all.add(query, occur(clause) == Occur.MUST ? Occur.FILTER : Occur.MUST_NOT);
                isAny = true;
            }
        }
        return isAny ? all.build() : null;
    }

    private @Nullable Query of(Clause clause) throws IOException {
        QueryWords words = QueryWords.of(clause.text(), language);
        if (words.isEmpty()) {
            return null;
        }
        return switch (clause.kind()) {
            case WORDS -> ofWords(clause, words);
            case PHRASE -> WordQuery.phrase(words.spelling());
            case PREFIX ->
                QueryWords.endsInSign(clause.text())
                        ? WordQuery.phrase(words.spelling())
                        : vocabulary.beginningWith(clause.text());
        };
    }

    private Query ofWords(Clause clause, QueryWords words) throws IOException {
        Map<Word, List<Similar>> similar = new HashMap<>();
        if (clause.leeway().isFuzzy()) {
            for (Word word : words.words()) {
                similar.put(word, vocabulary.similarTo(word));
            }
        }
        String last = clause.leeway().endsInPrefix() ? QueryWords.last(clause.text(), language) : null;
        Query beginning = last == null ? null : vocabulary.beginningWith(last);
        return new WordQuery(words, clause.occur() == SearchText.Occur.SHOULD ? Occur.SHOULD : Occur.MUST)
                .of(similar, beginning, clause.text().length());
    }

    private static Occur occur(Clause clause) {
        return switch (clause.occur()) {
            case SHOULD -> Occur.SHOULD;
            case MUST -> Occur.MUST;
            case MUST_NOT -> Occur.MUST_NOT;
        };
    }
}
