package dev.tandem.index.lucene;

import java.util.Set;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;

/** Finds documents by any of the words, scored by BM25 over title and content. */
final class KeywordQuery {

    private static final float TITLE_BOOST = 1.0f;

    private KeywordQuery() {}

    /** @param words at least one */
    static Query of(Set<String> words) {
        BooleanQuery.Builder any = new BooleanQuery.Builder();
        for (String word : words) {
            any.add(new BoostQuery(new TermQuery(new Term(Fields.TITLE, word)), TITLE_BOOST), Occur.SHOULD);
            any.add(new TermQuery(new Term(Fields.CONTENT, word)), Occur.SHOULD);
        }
        return any.build();
    }

    static Query of(Set<String> words, Query filter) {
        return new BooleanQuery.Builder()
                .add(of(words), Occur.MUST)
                .add(filter, Occur.FILTER)
                .build();
    }
}
