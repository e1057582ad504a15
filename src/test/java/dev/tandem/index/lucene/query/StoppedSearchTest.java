package dev.tandem.index.lucene.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.collection.Language;
import dev.tandem.domain.embedding.Metric;
import dev.tandem.domain.embedding.Vector;
import dev.tandem.domain.metadata.FieldPath;
import dev.tandem.domain.metadata.Filter;
import dev.tandem.domain.metadata.Metadata;
import dev.tandem.domain.search.Candidates;
import dev.tandem.domain.search.SearchText;
import dev.tandem.index.CandidateQuery;
import dev.tandem.index.Entries;
import dev.tandem.index.IndexEntry;
import dev.tandem.index.Shape;
import dev.tandem.index.lucene.query.text.Vocabulary;
import dev.tandem.index.lucene.shape.DocumentBlock;
import dev.tandem.index.lucene.shape.Fields;
import dev.tandem.index.text.QueryWords.Word;
import dev.tandem.work.Stop;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NoMergePolicy;
import org.apache.lucene.search.ConstantScoreQuery;
import org.apache.lucene.search.ConstantScoreScorerSupplier;
import org.apache.lucene.search.ConstantScoreWeight;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.FilterDocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.QueryVisitor;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.ScorerSupplier;
import org.apache.lucene.search.Weight;
import org.apache.lucene.search.join.BitSetProducer;
import org.apache.lucene.search.join.QueryBitSetProducer;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;
import org.apache.lucene.util.BitSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;

/** A search ends in the middle when nobody waits for it any more. */
@Execution(CONCURRENT)
class StoppedSearchTest {

    private static final String STOPPED = "Nobody waits for the result any more.";
    private static final int DOCUMENTS = 300;
    private static final FieldPath TEXT = FieldPath.parse("text");

    private final Collection collection = Entries.collection(Language.NONE, Metric.COSINE, 2);
    private final Shape shape = Shape.of(collection, "lucene");
    private final Directory directory = new ByteBuffersDirectory();
    private final BitSetProducer documents = new QueryBitSetProducer(Fields.documents());
    private final Stop stop = new Stop();
    private DirectoryReader reader;

    @BeforeEach
    void fill() throws IOException {
        IndexWriterConfig config = new IndexWriterConfig().setMergePolicy(NoMergePolicy.INSTANCE);
        config.setParentField("parent");
        try (IndexWriter writer = new IndexWriter(directory, config)) {
            for (int i = 0; i < DOCUMENTS; i++) {
                IndexEntry entry = Entries.entry(
                        UUID.randomUUID(), "word", null, new Metadata(Map.of("text", "text " + i)), Vector.of(1, i));
                writer.addDocuments(DocumentBlock.of(entry, shape));
                if (i % 100 == 99) {
                    writer.commit();
                }
            }
        }
        reader = DirectoryReader.open(directory);
    }

    @AfterEach
    void close() throws IOException {
        reader.close();
        directory.close();
    }

    @Test
    @DisplayName("a search that goes on finds everything")
    void goesOn() throws IOException {
        assertThat(search(documents, "word", null, Filter.EVERYTHING).byWords()).hasSize(DOCUMENTS);
        assertThat(search(documents, null, Vector.of(1, 1), Filter.EVERYTHING).byVector())
                .hasSize(DOCUMENTS);
        assertThat(search(documents, "word", null, new Filter.Contains(TEXT, "text 7"))
                        .byWords())
                .hasSize(11);
    }

    @Test
    @DisplayName("by words")
    void words() {
        stop.ask();
        assertStopped(documents, "word", null, Filter.EVERYTHING);
    }

    @Test
    @DisplayName("in the middle of the matches of a query")
    void matches() {
        AtomicInteger visited = new AtomicInteger();
        Query query = new ConstantScoreQuery(new CountingQuery(visited));
        assertThatThrownBy(() -> new StoppableSearcher(new IndexSearcher(reader), stop).search(query, 10))
                .hasMessage(STOPPED);
        assertThat(visited.get()).isBetween(50, DOCUMENTS);
    }

    @Test
    @DisplayName("in a scan of texts")
    void scan() {
        stop.ask();
        assertThatThrownBy(() ->
                        new IndexSearcher(reader).count(new FilterQuery(stop).of(new Filter.Contains(TEXT, "text 7"))))
                .hasMessage(STOPPED);
    }

    @Test
    @DisplayName("while words are looked for that are like another one, or begin with it")
    void vocabulary() {
        Vocabulary vocabulary = new Vocabulary(reader, Language.NONE, stop);
        Query beginning = vocabulary.beginningWith("wor");
        stop.ask();
        assertThatThrownBy(() -> vocabulary.similarTo(new Word(Set.of("wrod"), "wrod", 4)))
                .hasMessage(STOPPED);
        assertThatThrownBy(() -> new IndexSearcher(reader).count(beginning)).hasMessage(STOPPED);
    }

    @Test
    @DisplayName("by vector, after the first part of the index")
    void vector() {
        StopsAt middle = new StopsAt(1);
        assertStopped(middle, null, Vector.of(1, 1), Filter.EVERYTHING);
        assertThat(middle.asked).isLessThanOrEqualTo(3);
    }

    @Test
    @DisplayName("in a comparison of all vectors")
    void comparison() throws IOException {
        StopsAt never = new StopsAt(0);
        search(never, null, Vector.of(1, 1), Filter.EVERYTHING);
        // The comparison is the last that asks for the documents.
        assertStopped(new StopsAt(never.asked), null, Vector.of(1, 1), Filter.EVERYTHING);
    }

    private void assertStopped(
            BitSetProducer documents, @Nullable String words, @Nullable Vector vector, Filter filter) {
        assertThatThrownBy(() -> search(documents, words, vector, filter)).hasMessage(STOPPED);
    }

    private Candidates search(BitSetProducer documents, @Nullable String words, @Nullable Vector vector, Filter filter)
            throws IOException {
        SearchText text = words == null ? null : SearchText.plain(words);
        return new CandidateSearch(new IndexSearcher(reader), documents, shape, stop)
                .candidates(new CandidateQuery(text, vector, List.of(), filter, 10 * DOCUMENTS), 1);
    }

    /** Matches everything, counts it, and asks the search to stop at the fiftieth match. */
    private final class CountingQuery extends Query {

        private final AtomicInteger visited;

        CountingQuery(AtomicInteger visited) {
            this.visited = visited;
        }

        @Override
        public Weight createWeight(IndexSearcher searcher, ScoreMode mode, float boost) {
            return new ConstantScoreWeight(this, boost) {
                @Override
                public ScorerSupplier scorerSupplier(LeafReaderContext part) {
                    DocIdSetIterator all = DocIdSetIterator.all(part.reader().maxDoc());
                    return ConstantScoreScorerSupplier.fromIterator(
                            new FilterDocIdSetIterator(all) {
                                @Override
                                public int nextDoc() throws IOException {
                                    if (visited.incrementAndGet() == 50) {
                                        stop.ask();
                                    }
                                    return super.nextDoc();
                                }
                            },
                            score(),
                            mode,
                            part.reader().maxDoc());
                }

                @Override
                public boolean isCacheable(LeafReaderContext part) {
                    return false;
                }
            };
        }

        @Override
        public void visit(QueryVisitor visitor) {
            visitor.visitLeaf(this);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }

        @Override
        public String toString(String field) {
            return "everything";
        }
    }

    /** Stands for the documents, and asks the search to stop when it has been asked for them a number of times. */
    private final class StopsAt implements BitSetProducer {

        private final int last;
        private int asked;

        StopsAt(int last) {
            this.last = last;
        }

        @Override
        public BitSet getBitSet(LeafReaderContext part) throws IOException {
            asked++;
            if (asked == last) {
                stop.ask();
            }
            return documents.getBitSet(part);
        }
    }
}
