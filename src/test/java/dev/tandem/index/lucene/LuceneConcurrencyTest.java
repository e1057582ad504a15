package dev.tandem.index.lucene;

import static dev.tandem.index.EngineFixture.at;
import static dev.tandem.index.EngineFixture.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import dev.tandem.domain.change.Position;
import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.collection.Language;
import dev.tandem.domain.embedding.Metric;
import dev.tandem.domain.embedding.Vector;
import dev.tandem.domain.metadata.Filter;
import dev.tandem.domain.metadata.Metadata;
import dev.tandem.index.Entries;
import dev.tandem.index.IndexBuild;
import dev.tandem.index.IndexEntry;
import dev.tandem.testing.Thorough;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;

/** What becomes of Lucene's folders and open indexes while many searches and changes run. */
@Execution(CONCURRENT)
class LuceneConcurrencyTest {

    private static final long BEGINNING = Position.START.txid();

    private static final int SEARCHERS = 8;
    private static final int MORE_THAN_THREADS = 4;

    @TempDir
    Path directory;

    private final Collection collection = Entries.collection(Language.NONE, Metric.COSINE, 2);
    private final ExecutorService threads = Executors.newFixedThreadPool(SEARCHERS);
    private final AtomicBoolean done = new AtomicBoolean();
    private LuceneFixture lucene;

    @BeforeEach
    void open() {
        lucene = LuceneFixture.in(directory);
    }

    @AfterEach
    void close() {
        threads.shutdownNow();
        lucene.close();
    }

    @Test
    @DisplayName("the folders of old indexes are deleted though searches were reading them")
    void rebuildsDuringSearches() throws Exception {
        lucene.build(collection, word(), word(), word());
        List<Future<?>> searches = searching();
        for (int i = 1; i <= 20; i++) {
            IndexBuild rebuild = lucene.rebuild(collection);
            await(rebuild.apply(List.of(word()), Set.of()));
            lucene.swapIn(collection, rebuild, at(i));
        }
        finish(searches);
        assertThat(directory
                        .resolve("index")
                        .resolve(collection.id().toString())
                        .toFile()
                        .list())
                .hasSize(2);
    }

    @Test
    @DisplayName("the folder of a dropped index is deleted though searches were reading it")
    void dropsDuringSearches() throws Exception {
        for (int i = 0; i < 10; i++) {
            lucene.build(collection, word(), word(), word());
            done.set(false);
            List<Future<?>> searches = searching();
            lucene.drop(collection);
            finish(searches);
            assertThat(directory.resolve("index").resolve(collection.id().toString()))
                    .doesNotExist();
        }
    }

    @Test
    @DisplayName("an open index says how it is though changes take all threads")
    void saysHowItIsMeanwhile() {
        lucene.build(collection, word());
        CompletableFuture<Void> changed = new CompletableFuture<>();
        for (int i = 0; i < MORE_THAN_THREADS; i++) {
            lucene.indexes.changes().executor().execute(changed::join);
        }
        try {
            assertThat(await(lucene.indexes.of(collection).status()).shown()).isPresent();
        } finally {
            changed.complete(null);
        }
    }

    @Thorough
    @Test
    @DisplayName("more collections than may be open at once are all served")
    void eviction() throws Exception {
        lucene.close();
        // Indexes that were in use when the last one was opened are closed at the next commit.
        lucene = new LuceneFixture(
                TestConfig.in(directory.resolve("index")).keepingOpen(3).committingEvery(Duration.ofMillis(100)));
        List<Collection> collections = IntStream.range(0, 20)
                .mapToObj(i -> Entries.collection(Language.NONE, Metric.COSINE, 2))
                .toList();
        collections.forEach(each -> lucene.build(each));
        List<Future<?>> workers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            List<Collection> own = collections.subList(5 * i, 5 * i + 5);
            workers.add(threads.submit(() -> IntStream.range(0, 30).forEach(j -> {
                Collection each = own.get(ThreadLocalRandom.current().nextInt(5));
                long next = lucene.position(each).orElseThrow().txid() + 1;
                lucene.save(each, next, word());
                assertThat(lucene.withWords(each, "word")).hasSize((int) (next - BEGINNING));
            })));
        }
        for (Future<?> worker : workers) {
            worker.get();
        }
        Awaitility.await().untilAsserted(() -> assertThat(collections.stream()
                        .filter(each -> lucene.indexes.slot(each.id()).peek().isPresent()))
                .hasSizeLessThanOrEqualTo(3));
    }

    private List<Future<?>> searching() {
        List<Future<?>> searches = new ArrayList<>();
        for (int i = 0; i < SEARCHERS; i++) {
            searches.add(threads.submit(() -> {
                while (!done.get()) {
                    search();
                }
            }));
        }
        return searches;
    }

    private void finish(List<Future<?>> searches) throws Exception {
        done.set(true);
        for (Future<?> search : searches) {
            search.get();
        }
    }

    private void search() {
        lucene.search(collection, "word", Vector.of(1, 1), Filter.EVERYTHING, 1_000);
    }

    private static IndexEntry word() {
        float angle = ThreadLocalRandom.current().nextFloat();
        return Entries.entry(UUID.randomUUID(), "word", null, Metadata.EMPTY, Vector.of(1, angle));
    }
}
