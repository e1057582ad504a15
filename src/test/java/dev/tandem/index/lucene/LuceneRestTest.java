package dev.tandem.index.lucene;

import static dev.tandem.index.EngineFixture.at;
import static java.util.Comparator.comparingDouble;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.collection.Language;
import dev.tandem.domain.embedding.Metric;
import dev.tandem.domain.embedding.Vector;
import dev.tandem.domain.metadata.Filter;
import dev.tandem.domain.metadata.Metadata;
import dev.tandem.domain.search.VectorMatch;
import dev.tandem.index.Entries;
import dev.tandem.index.IndexEntry;
import dev.tandem.index.IndexSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;

/** What becomes of an index that rests: it is merged down, and finds the same. */
@Execution(CONCURRENT)
class LuceneRestTest {

    private static final int DIMENSIONS = 16;
    private static final int BATCH = 150;

    @TempDir
    Path directory;

    private final Random random = new Random(20261127);
    private final Collection collection = Entries.collection(Language.ENGLISH, Metric.COSINE, DIMENSIONS);
    private final List<IndexEntry> all = new ArrayList<>();
    private LuceneFixture lucene;
    private long txid;

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
    @DisplayName("it becomes one segment, with the same position and the same documents")
    void mergesDown() throws IOException {
        for (int i = 0; i < 5; i++) {
            save(BATCH, vector(), 2);
        }
        Vector target = vector();
        List<VectorMatch> before = nearest(target, 20);
        restart(Duration.ofMillis(20));
        Awaitility.await().untilAsserted(() -> assertThat(segments()).hasSize(1));
        assertThat(nearest(target, 20)).isEqualTo(before);
        assertThat(lucene.size(collection)).isEqualTo(new IndexSize(all.size(), all.size()));
        assertThat(lucene.position(collection)).contains(at(txid));
        try (LuceneFixture survivor = lucene.afterCrash()) {
            assertThat(survivor.position(collection)).contains(at(txid));
            assertThat(survivor.size(collection)).isEqualTo(new IndexSize(all.size(), all.size()));
        }
    }

    @Test
    @DisplayName("a few changes are not merged into a large segment, however long it rests")
    void leavesLargeSegmentsAlone() throws IOException {
        for (int i = 0; i < 5; i++) {
            save(BATCH, vector(), 2);
        }
        restart(Duration.ofMillis(20));
        Awaitility.await().untilAsserted(() -> assertThat(segments()).hasSize(1));
        String large = segments().getFirst();
        save(5, vector(), 2);
        save(5, vector(), 2);
        Awaitility.await().untilAsserted(() -> assertThat(segments()).hasSize(2).contains(large));
        Awaitility.await()
                .during(Duration.ofMillis(300))
                .untilAsserted(() -> assertThat(segments()).hasSize(2).contains(large));
    }

    @Test
    @DisplayName(
            "the nearest are found, also where all of them were written at the same time, before and after it is merged down")
    void findsWhatIsTogether() {
        for (int i = 0; i < 10; i++) {
            save(BATCH, vector(), 2);
        }
        Vector here = vector();
        save(BATCH, here, 0.3f);
        assertRecall(here, 100);
        assertRecall(vector(), 100);
        restart(Duration.ofMillis(20));
        Awaitility.await().untilAsserted(() -> assertThat(segments()).hasSize(1));
        assertRecall(here, 100);
        assertRecall(vector(), 100);
    }

    private void assertRecall(Vector target, int limit) {
        List<UUID> found =
                nearest(target, limit).stream().map(VectorMatch::documentId).toList();
        List<UUID> wanted = all.stream()
                .sorted(comparingDouble((IndexEntry entry) -> Metric.COSINE.similarity(
                                target, entry.chunks().getFirst().vector()))
                        .reversed())
                .limit(limit)
                .map(entry -> entry.document().id())
                .toList();
        assertThat(found).hasSize(limit).doesNotHaveDuplicates();
        assertThat(found.stream().filter(wanted::contains)).hasSizeGreaterThanOrEqualTo(limit * 98 / 100);
    }

    private List<VectorMatch> nearest(Vector target, int limit) {
        return lucene.search(collection, null, target, Filter.EVERYTHING, limit).byVector();
    }

    private void restart(Duration commitInterval) {
        lucene.close();
        lucene = new LuceneFixture(TestConfig.in(directory.resolve("index")).committingEvery(commitInterval));
        assertThat(lucene.position(collection)).isPresent();
    }

    /** Documents with one chunk each, around a vector. */
    private void save(int documents, Vector around, float distance) {
        IndexEntry[] entries = Stream.generate(
                        () -> Entries.entry(UUID.randomUUID(), null, null, Metadata.EMPTY, near(around, distance)))
                .limit(documents)
                .toArray(IndexEntry[]::new);
        all.addAll(List.of(entries));
        lucene.save(collection, ++txid, entries);
    }

    private Vector near(Vector around, float distance) {
        float[] components = around.toArray().clone();
        for (int i = 0; i < components.length; i++) {
            components[i] += distance * (float) random.nextGaussian();
        }
        return Vector.of(components);
    }

    private Vector vector() {
        return near(Vector.of(new float[DIMENSIONS]), 1);
    }

    /** The names of the segments of the last commit. */
    private List<String> segments() throws IOException {
        Path folder = directory.resolve("index").resolve(collection.id().toString());
        try (Stream<Path> generations = Files.list(folder);
                Directory files = FSDirectory.open(
                        generations.filter(Files::isDirectory).findFirst().orElseThrow());
                DirectoryReader reader = DirectoryReader.open(files)) {
            return reader.leaves().stream()
                    .map(LeafReaderContext::reader)
                    .map(Object::toString)
                    .map(text -> text.replaceAll("\\(.*", ""))
                    .toList();
        }
    }
}
