package dev.tandem.index.lucene.query;

import dev.tandem.work.Stop;
import java.io.IOException;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TopDocs;

/** Searches the same state of an index as another searcher, until it is asked to stop. */
final class StoppableSearcher extends IndexSearcher {

    private final Stop stop;

    StoppableSearcher(IndexSearcher shared, Stop stop) {
        super(shared.getTopReaderContext());
        this.stop = stop;
        setSimilarity(shared.getSimilarity());
        // Lucene asks while it walks through the matches of a query and through the graph of the vectors.
        setTimeout(stop::isAsked);
    }

    /** A search that was stopped has found only a part, so it fails instead. */
    @Override
    public TopDocs search(Query query, int limit) throws IOException {
        TopDocs found = super.search(query, limit);
        stop.check();
        return found;
    }
}
