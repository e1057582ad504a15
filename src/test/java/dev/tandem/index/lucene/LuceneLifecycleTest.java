package dev.tandem.index.lucene;

import static dev.tandem.index.EngineFixture.at;
import static dev.tandem.index.EngineFixture.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import dev.tandem.domain.change.Position;
import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.collection.Language;
import dev.tandem.domain.embedding.Metric;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.index.Entries;
import dev.tandem.index.IndexBuild;
import dev.tandem.index.IndexEntry;
import dev.tandem.index.IndexSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.IOUtils;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is Lucene's own in the life of an index: folders, commits, and files that are damaged. */
@Execution(CONCURRENT)
class LuceneLifecycleTest {

    private static final UUID A = UUID.randomUUID();
    private static final UUID B = UUID.randomUUID();

    @TempDir
    Path directory;

    private final Collection collection = Entries.collection(Language.ENGLISH, Metric.COSINE, 2);
    private LuceneFixture lucene;

    @BeforeEach
    void open() {
        lucene = LuceneFixture.in(directory);
    }

    @AfterEach
    void close() {
        lucene.close();
    }

    private static IndexEntry word(UUID id) {
        return Entries.text(id, "word", null);
    }

    @Test
    @DisplayName("an index that was never built leaves no folder, however it is asked")
    void unbuilt() {
        assertThat(lucene.position(collection)).isEmpty();
        assertThat(lucene.withWords(collection, "word")).isEmpty();
        assertThat(lucene.size(collection)).isEqualTo(IndexSize.EMPTY);
        assertThatThrownBy(() -> lucene.save(collection, 1, word(A))).isInstanceOf(IllegalStateException.class);
        assertThat(directory.resolve("index")).doesNotExist();
    }

    @Test
    @DisplayName("after a crash the last commit counts, and applying the rest again gives the right state")
    void crash() {
        lucene.build(collection, word(A));
        lucene.save(collection, 5, word(B));
        lucene.restart();
        lucene.save(collection, 6, Entries.text(B, "other", null));
        lucene.delete(collection, 7, A);
        try (LuceneFixture survivor = lucene.afterCrash()) {
            assertThat(survivor.position(collection)).contains(at(5));
            assertThat(survivor.withWords(collection, "word")).containsExactlyInAnyOrder(A, B);
            survivor.save(collection, 6, Entries.text(B, "other", null));
            survivor.delete(collection, 7, A);
            assertThat(survivor.withWords(collection, "word")).isEmpty();
            assertThat(survivor.withWords(collection, "other")).containsExactly(B);
            assertThat(survivor.position(collection)).contains(at(7));
        }
    }

    @Test
    @DisplayName("commits come by themselves")
    void commits() throws IOException {
        lucene.close();
        lucene = new LuceneFixture(TestConfig.in(directory.resolve("index")).committingEvery(Duration.ofMillis(20)));
        lucene.build(collection, word(A));
        lucene.save(collection, 5, word(B));
        Awaitility.await().untilAsserted(() -> assertThat(committed()).containsEntry("txid", "5"));
    }

    @Test
    @DisplayName("the folder of an unfinished rebuild is deleted when that is given up, and after a crash")
    void unfinishedRebuild() throws IOException {
        lucene.build(collection, word(A));
        IndexBuild rebuild = lucene.rebuild(collection);
        await(rebuild.apply(List.of(word(B)), Set.of()));
        assertThat(generations(directory.resolve("index"))).hasSize(2);
        try (LuceneFixture survivor = lucene.afterCrash()) {
            assertThat(survivor.withWords(collection, "word")).containsExactly(A);
            assertThat(generations(directory.resolve("crashed"))).hasSize(1);
        }
        await(rebuild.discard());
        assertThat(generations(directory.resolve("index"))).hasSize(1);
    }

    @Test
    @DisplayName("the folder of the old index is deleted when a rebuild takes its place")
    void rebuild() throws IOException {
        lucene.build(collection, word(A));
        IndexBuild rebuild = lucene.rebuild(collection);
        await(rebuild.apply(List.of(word(B)), Set.of()));
        lucene.swapIn(collection, rebuild, at(3));
        await(rebuild.discard());
        assertThat(lucene.withWords(collection, "word")).containsExactly(B);
        assertThat(generations(directory.resolve("index"))).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"segments_.*", ".*\\.(cfs|si|fdm)", ".*"})
    @DisplayName("an index that cannot be read asks for a rebuild and stops nothing")
    void corrupt(String files) throws IOException {
        lucene.build(collection, word(A));
        lucene.close();
        try (Stream<Path> all =
                Files.list(generations(directory.resolve("index")).getFirst())) {
            for (Path file :
                    all.filter(f -> f.getFileName().toString().matches(files)).toList()) {
                Files.write(file, new byte[] {1, 2, 3});
            }
        }
        open();
        assertThat(lucene.withWords(collection, "word")).isEmpty();
        assertThat(lucene.indexes.waiting())
                .as("nothing in the log leads to it")
                .containsExactly(collection.id());
        assertThat(lucene.position(collection)).isEmpty();
        assertThatThrownBy(() -> lucene.save(collection, 1, word(B))).isInstanceOf(IllegalStateException.class);
        lucene.build(collection, word(B));
        assertThat(lucene.indexes.waiting()).isEmpty();
        assertThat(lucene.withWords(collection, "word")).containsExactly(B);
        assertThat(generations(directory.resolve("index"))).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "..", "7", "/", "1/..", "\u0000"})
    @DisplayName("a pointer to nowhere asks for a rebuild, which stays")
    void pointerToNowhere(String pointer) throws IOException {
        lucene.build(collection, word(A));
        lucene.close();
        Files.writeString(folder(collection).resolve("current"), pointer);
        open();
        assertThat(lucene.position(collection)).isEmpty();
        lucene.build(collection, word(B));
        lucene.restart();
        assertThat(lucene.withWords(collection, "word")).containsExactly(B);
    }

    @Test
    @DisplayName("an index of another format asks for a rebuild")
    void otherFormat() throws IOException {
        lucene.build(collection, word(A));
        lucene.close();
        try (Directory files =
                        FSDirectory.open(generations(directory.resolve("index")).getFirst());
                IndexWriter writer = new IndexWriter(files, new IndexWriterConfig())) {
            writer.setLiveCommitData(Map.of("format", "0").entrySet());
            writer.commit();
        }
        open();
        assertThat(lucene.position(collection)).isEmpty();
        assertThat(lucene.withWords(collection, "word")).isEmpty();
        assertThat(lucene.indexes.waiting()).containsExactly(collection.id());
    }

    @Test
    @DisplayName("a folder that is deleted under an open index is noticed, and the index built again")
    void folderDeleted() throws IOException {
        lucene.build(collection, word(A));
        IOUtils.rm(directory.resolve("index"));
        for (int i = 0; i < 3; i++) {
            try {
                lucene.save(collection, i, word(B));
                lucene.indexes.commit();
            } catch (Exception expected) {
                // the disk has failed
            }
        }
        assertThat(lucene.position(collection)).isEmpty();
        lucene.build(collection, word(A));
        assertThat(lucene.withWords(collection, "word")).containsExactly(A);
    }

    @Test
    @DisplayName("a folder that another service has open is left alone, and can be used once that has stopped")
    void twoServices() {
        lucene.build(collection, word(A));
        try (LuceneFixture second = LuceneFixture.in(directory)) {
            assertThatThrownBy(() -> second.position(collection)).isInstanceOf(Refusal.Unavailable.class);
            assertThatThrownBy(() -> second.withWords(collection, "word")).isInstanceOf(Refusal.Unavailable.class);
            lucene.close();
            Awaitility.await()
                    .ignoreExceptionsInstanceOf(Refusal.class)
                    .untilAsserted(() -> assertThat(second.position(collection)).contains(Position.START));
            assertThat(second.withWords(collection, "word")).containsExactly(A);
        }
    }

    @Test
    @DisplayName("dropping deletes folders, open or not")
    void drops() {
        Collection other = Entries.collection(Language.NONE, Metric.COSINE, 2);
        Collection kept = Entries.collection(Language.NONE, Metric.COSINE, 2);
        lucene.build(collection, word(A));
        lucene.build(other, word(A));
        lucene.build(kept, word(A));
        lucene.rebuild(collection);
        lucene.drop(collection);
        assertThat(folder(collection)).doesNotExist();
        lucene.restart();
        assertThat(await(lucene.indexes.stored())).containsExactlyInAnyOrder(other.id(), kept.id());
        await(lucene.indexes.dropAll(Set.of(other.id())));
        assertThat(folder(other)).doesNotExist();
        assertThat(lucene.withWords(kept, "word")).containsExactly(A);
        await(lucene.indexes.dropAll(Set.of(kept.id())));
        assertThat(folder(kept)).doesNotExist();
        assertThat(lucene.withWords(kept, "word")).isEmpty();
    }

    private Path folder(Collection of) {
        return directory.resolve("index").resolve(of.id().toString());
    }

    private Map<String, String> committed() throws IOException {
        try (Directory files =
                        FSDirectory.open(generations(directory.resolve("index")).getFirst());
                DirectoryReader reader = DirectoryReader.open(files)) {
            return reader.getIndexCommit().getUserData();
        }
    }

    private List<Path> generations(Path root) throws IOException {
        try (Stream<Path> files = Files.list(root.resolve(collection.id().toString()))) {
            return files.filter(Files::isDirectory).toList();
        }
    }
}
