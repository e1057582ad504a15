package dev.tandem.index.lucene.query;

import dev.tandem.domain.embedding.Vector;
import dev.tandem.domain.metadata.Filter;
import dev.tandem.domain.search.Candidates;
import dev.tandem.domain.search.KeywordMatch;
import dev.tandem.domain.search.VectorMatch;
import dev.tandem.index.CandidateQuery;
import dev.tandem.index.IndexSize;
import dev.tandem.index.Shape;
import dev.tandem.index.lucene.shape.Fields;
import dev.tandem.index.lucene.shape.VectorSpace;
import dev.tandem.index.text.QueryWords;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.lucene.search.FieldExistsQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.join.BitSetProducer;
import org.jspecify.annotations.Nullable;

/** Answers queries from one state of an index. */
public final class CandidateSearch {

    private final IndexSearcher searcher;
    private final BitSetProducer documents;
    private final Shape shape;

    public CandidateSearch(IndexSearcher searcher, BitSetProducer documents, Shape shape) {
        this.searcher = searcher;
        this.documents = documents;
        this.shape = shape;
    }

    public Candidates candidates(CandidateQuery query, long sequence) throws IOException {
        return new Candidates(
                byWords(query.text(), query.filter(), query.limit()),
                byVector(query.vector(), query.filter(), query.limit()),
                sequence);
    }

    public IndexSize size() throws IOException {
        return new IndexSize(searcher.count(Fields.documents()), searcher.count(new FieldExistsQuery(Fields.VECTOR)));
    }

    private List<KeywordMatch> byWords(@Nullable String text, Filter filter, int limit) throws IOException {
        Set<String> words = text == null ? Set.of() : QueryWords.of(text, shape.language());
        if (words.isEmpty()) {
            return List.of();
        }
        Query query = filter.equals(Filter.EVERYTHING)
                ? KeywordQuery.of(words)
                : KeywordQuery.of(words, FilterQuery.of(filter));
        DocumentIds ids = new DocumentIds(searcher);
        List<KeywordMatch> matches = new ArrayList<>();
        for (ScoreDoc hit : searcher.search(query, limit).scoreDocs) {
            matches.add(new KeywordMatch(ids.at(hit.doc), hit.score));
        }
        return matches;
    }

    private List<VectorMatch> byVector(@Nullable Vector vector, Filter filter, int limit) throws IOException {
        VectorSpace space = new VectorSpace(shape);
        if (vector == null || !space.takes(vector)) {
            return List.of();
        }
        return new VectorSearch(searcher, documents, space).nearest(space.stored(vector), filter, limit);
    }
}
