package dev.tandem.index.lucene.query;

import dev.tandem.index.lucene.shape.Fields;
import java.util.Set;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.CombinedFieldQuery;
import org.apache.lucene.search.Query;

/**
 * Finds documents by any of the words, scored by BM25F (Robertson, Zaragoza and Taylor 2004): title and content count as one text that
 * repeats the title.
 *
 * <p>Adding the scores of two fields instead would reward a word in the title twice, and rank worse the more the title counts.
 */
final class KeywordQuery {

    private static final float TITLE_WEIGHT = 2;

    private KeywordQuery() {}

    /** @param words at least one */
    static Query of(Set<String> words) {
        BooleanQuery.Builder any = new BooleanQuery.Builder();
        for (String word : words) {
            any.add(inTitleOrContent(word), Occur.SHOULD);
        }
        return any.build();
    }

    static Query of(Set<String> words, Query filter) {
        return new BooleanQuery.Builder()
                .add(of(words), Occur.MUST)
                .add(filter, Occur.FILTER)
                .build();
    }

    private static Query inTitleOrContent(String word) {
        return new CombinedFieldQuery.Builder(word)
                .addField(Fields.TITLE, TITLE_WEIGHT)
                .addField(Fields.CONTENT)
                .build();
    }
}
