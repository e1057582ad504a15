package dev.tandem.index.lucene.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.collection.Language;
import dev.tandem.domain.embedding.Metric;
import dev.tandem.domain.metadata.FieldPath;
import dev.tandem.domain.metadata.Filter;
import dev.tandem.domain.metadata.Metadata;
import dev.tandem.index.Entries;
import dev.tandem.index.lucene.LuceneFixture;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;

/** What is Lucene's own about filters. What they mean is in {@link dev.tandem.index.FilterIndexContract}. */
@Execution(CONCURRENT)
class FilterQueryTest {

    private static final FieldPath TEXT = FieldPath.parse("text");

    @TempDir
    Path directory;

    private final Collection collection = Entries.collection(Language.NONE, Metric.COSINE, 2);
    private LuceneFixture lucene;

    @BeforeEach
    void open() {
        lucene = LuceneFixture.in(directory);
        lucene.build(collection);
    }

    @AfterEach
    void close() {
        lucene.close();
    }

    @Test
    @DisplayName("a text that no metadata can hold is not indexed and doesn't hold up the others")
    void impossibleText() {
        Metadata metadata = new Metadata(Map.of("text", "x".repeat(40_000)));
        lucene.save(collection, 1, Entries.entry(UUID.randomUUID(), "word", null, metadata));
        assertThat(count(new Filter.Exists(TEXT))).isEqualTo(1);
        assertThat(count(new Filter.Equal(TEXT, "x".repeat(40_000)))).isZero();
    }

    private int count(Filter filter) {
        return lucene.search(collection, "word", null, filter, 100).byWords().size();
    }
}
