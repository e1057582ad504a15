package dev.tandem.index.lucene.query;

import dev.tandem.domain.embedding.Vector;
import dev.tandem.domain.metadata.Filter;
import dev.tandem.domain.search.Candidates;
import dev.tandem.domain.search.KeywordMatch;
import dev.tandem.domain.search.SearchText;
import dev.tandem.domain.search.VectorMatch;
import dev.tandem.index.CandidateQuery;
import dev.tandem.index.IndexSize;
import dev.tandem.index.Shape;
import dev.tandem.index.lucene.query.text.Vocabulary;
import dev.tandem.index.lucene.shape.Fields;
import dev.tandem.index.lucene.shape.VectorSpace;
import dev.tandem.index.text.QueryWords;
import dev.tandem.work.Stop;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.FieldExistsQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.QueryRescorer;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.join.BitSetProducer;
import org.jspecify.annotations.Nullable;

/** Answers queries from one state of an index, until it is asked to stop. */
public final class CandidateSearch {

    private final StoppableSearcher searcher;
    private final BitSetProducer documents;
    private final Shape shape;
    private final KeywordQuery keywords;
    private final Stop stop;

    /** @param shared a searcher that others use at the same time */
    public CandidateSearch(IndexSearcher shared, BitSetProducer documents, Shape shape, Stop stop) {
        this.searcher = new StoppableSearcher(shared, stop);
        this.stop = stop;
        this.documents = documents;
        this.shape = shape;
        this.keywords =
                new KeywordQuery(shape.language(), new Vocabulary(searcher.getIndexReader(), shape.language(), stop));
    }

    public Candidates candidates(CandidateQuery query, long sequence) throws IOException {
        SearchText text = query.text();
        Query words = text == null ? null : keywords.of(text);
        Query matching = words == null ? null : both(words, filter(query.filter()));
        return new Candidates(
                text == null || matching == null ? List.of() : byWords(text, matching, query.limit()),
                byVector(query),
                query.isCounted() ? count(matching) : null,
                sequence);
    }

    public IndexSize size() throws IOException {
        return new IndexSize(searcher.count(Fields.documents()), searcher.count(new FieldExistsQuery(Fields.VECTOR)));
    }

    /** A text without a word matches nothing. */
    private long count(@Nullable Query matching) throws IOException {
        if (matching == null) {
            return 0;
        }
        long count = searcher.count(matching);
        // What was stopped has counted only a part.
        stop.check();
        return count;
    }

    private List<KeywordMatch> byWords(SearchText text, Query matching, int limit) throws IOException {
        TopDocs found = searcher.search(matching, Math.max(limit, CandidateQuery.LOOKED_AT_AGAIN));
        int again = Math.min(found.scoreDocs.length, CandidateQuery.LOOKED_AT_AGAIN);
        TopDocs first = new TopDocs(found.totalHits, Arrays.copyOf(found.scoreDocs, again));
        Query written = WordQuery.writtenLike(
                QueryWords.of(text.wanted(), shape.language()).spelling());
        // What is written like the query scores more than before, so the others stay behind.
        ScoreDoc[] ranked = QueryRescorer.rescore(searcher, first, written, 1, again).scoreDocs;
        DocumentIds ids = new DocumentIds(searcher);
        List<KeywordMatch> matches = new ArrayList<>();
        for (int i = 0; i < Math.min(limit, found.scoreDocs.length); i++) {
            ScoreDoc hit = i < again ? ranked[i] : found.scoreDocs[i];
            matches.add(new KeywordMatch(ids.at(hit.doc), hit.score));
        }
        return matches;
    }

    private List<VectorMatch> byVector(CandidateQuery query) throws IOException {
        VectorSpace space = new VectorSpace(shape);
        Vector vector = query.vector();
        if (vector == null || !space.takes(vector)) {
            return List.of();
        }
        Query demands = keywords.of(query.demands());
        Query filter = filter(query.filter());
        Query allowed = demands == null ? filter : both(demands, filter);
        return new VectorSearch(searcher, documents, space, stop)
                .nearest(space.stored(vector), allowed, query.limit(), query.effort());
    }

    /** Null for a filter that lets every document through. */
    private @Nullable Query filter(Filter filter) {
        return filter.equals(Filter.EVERYTHING) ? null : new FilterQuery(stop).of(filter);
    }

    private static Query both(Query query, @Nullable Query filter) {
        return filter == null
                ? query
                : new BooleanQuery.Builder()
                        .add(query, Occur.MUST)
                        .add(filter, Occur.FILTER)
                        .build();
    }
}
