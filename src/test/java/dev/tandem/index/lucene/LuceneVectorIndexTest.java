package dev.tandem.index.lucene;

import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.collection.Language;
import dev.tandem.domain.embedding.Metric;
import dev.tandem.domain.embedding.Vector;
import dev.tandem.domain.metadata.Filter;
import dev.tandem.domain.search.VectorMatch;
import dev.tandem.index.Entries;
import dev.tandem.index.IndexEntry;
import dev.tandem.index.VectorIndexContract;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;

@Execution(CONCURRENT)
class LuceneVectorIndexTest extends VectorIndexContract {

    @TempDir
    Path directory;

    private LuceneFixture lucene;
    private Collection collection;
    private long txid;

    @BeforeEach
    void open() {
        lucene = new LuceneFixture(TestConfig.in(directory));
    }

    @AfterEach
    void close() {
        lucene.close();
    }

    @Override
    protected void create(Metric metric) {
        collection = Entries.collection(Language.ENGLISH, metric, DIMENSIONS);
        lucene.build(collection);
    }

    @Override
    protected void apply(List<IndexEntry> saved, Set<UUID> gone) {
        lucene.apply(collection, saved, gone, LuceneFixture.at(++txid));
    }

    @Override
    protected List<VectorMatch> nearest(Vector target, Filter filter, int limit) {
        return lucene.search(collection, null, target, filter, limit).byVector();
    }
}
