package dev.tandem.index;

import static dev.tandem.index.EngineFixture.at;
import static dev.tandem.index.EngineFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.domain.change.Position;
import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.collection.Language;
import dev.tandem.domain.embedding.Metric;
import dev.tandem.domain.metadata.Filter;
import dev.tandem.domain.search.Candidates;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Searches, changes, builds and drops of one index at the same time: each search sees one state, and of equal changes one is applied. */
public abstract class IndexConcurrencyContract extends EngineContract {

    private static final long BEGINNING = Position.START.txid();

    private static final int SEARCHERS = 8;

    private final Collection collection = Entries.collection(Language.NONE, Metric.COSINE, 2);
    private final ExecutorService threads = Executors.newFixedThreadPool(SEARCHERS);
    private final AtomicBoolean done = new AtomicBoolean();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    @DisplayName("searches during changes see whole changes, and at least those that they name")
    void searchesDuringChanges() throws Exception {
        engine().build(collection);
        List<Future<?>> searches = searching(found -> {
            assertThat(count(found)).isGreaterThanOrEqualTo((int) (2 * (found.sequence() - BEGINNING)));
            if (can(Engine.Capability.ATOMIC_POSITION)) {
                assertThat(count(found)).isEven();
            }
            assertAgreement(found);
        });
        for (int i = 1; i <= 50; i++) {
            engine().save(collection, BEGINNING + i, word(), word());
            assertThat(count(search())).isEqualTo(2 * i);
        }
        finish(searches);
    }

    @Test
    @DisplayName("a list of documents shows one state, also during changes")
    void listsDuringChanges() throws Exception {
        List<UUID> ids = Stream.generate(UUID::randomUUID).limit(20).toList();
        engine().build(collection, entries(ids, 0));
        List<Set<Stamp>> states = IntStream.rangeClosed(0, 50)
                .mapToObj(i -> stamps(entries(ids, i)))
                .toList();
        List<Future<?>> lists = during(() -> {
            Set<Stamp> seen = new HashSet<>(engine().stamps(collection));
            if (can(Engine.Capability.ATOMIC_POSITION)) {
                assertThat(states).contains(seen);
            }
            assertThat(seen).extracting(Stamp::id).containsExactlyInAnyOrderElementsOf(ids);
        });
        for (int i = 1; i <= 50; i++) {
            engine().save(collection, BEGINNING + i, entries(ids, i));
            assertThat(new HashSet<>(engine().stamps(collection))).isEqualTo(states.get(i));
        }
        finish(lists);
    }

    @Test
    @DisplayName("searches during rebuilds are all answered, from the old index or the new one")
    void searchesDuringRebuilds() throws Exception {
        engine().build(collection, word(), word(), word());
        List<Future<?>> searches = searching(found -> {
            assertThat(count(found)).isEqualTo(3);
            assertAgreement(found);
        });
        for (int i = 1; i <= 20; i++) {
            IndexBuild rebuild = engine().rebuild(collection);
            await(rebuild.apply(List.of(word()), Set.of()));
            await(rebuild.apply(List.of(word(), word()), Set.of()));
            engine().swapIn(collection, rebuild, at(i));
        }
        finish(searches);
        assertThat(search().sequence()).isEqualTo(20);
    }

    @Test
    @DisplayName("searches during a drop end with all or nothing")
    void searchesDuringDrop() throws Exception {
        for (int i = 0; i < 10; i++) {
            engine().build(collection, word(), word(), word());
            done.set(false);
            List<Future<?>> searches =
                    searching(found -> assertThat(count(found)).isIn(0, 3));
            engine().drop(collection);
            finish(searches);
            assertThat(count(search())).isZero();
        }
    }

    @RepeatedTest(10)
    @DisplayName("of several changes that were read at the same place, exactly one is taken, and nothing of the others")
    void oneWins() {
        engine().build(collection);
        List<IndexEntry> entries =
                Stream.generate(IndexConcurrencyContract::word).limit(SEARCHERS).toList();
        Index index = engine().of(collection);
        List<Uni<Boolean>> calls = IntStream.range(0, SEARCHERS)
                .mapToObj(i -> index.apply(List.of(entries.get(i)), Set.of(), Position.START, at(10 + i)))
                .toList();
        List<Boolean> taken = await(Uni.join().all(calls).andFailFast());
        engine().settle(collection);
        assertThat(taken).containsOnlyOnce(true);
        int winner = taken.indexOf(true);
        IndexEntry won = entries.get(winner);
        assertThat(engine().position(collection)).contains(at(10 + winner));
        assertThat(engine().stamps(collection))
                .containsExactly(new Stamp(won.document().id(), won.stamp()));
    }

    @Test
    @DisplayName("many collections are changed and searched at the same time, each in its own order")
    void manyCollections() throws Exception {
        List<Future<?>> workers = new ArrayList<>();
        for (int i = 0; i < SEARCHERS; i++) {
            Collection own = Entries.collection(Language.NONE, Metric.COSINE, 2);
            workers.add(threads.submit(() -> {
                engine().build(own);
                for (int j = 1; j <= 20; j++) {
                    engine().save(own, BEGINNING + j, word());
                    assertThat(saying(own, "word")).hasSize(j);
                }
            }));
        }
        for (Future<?> worker : workers) {
            worker.get();
        }
    }

    private interface Check {
        void accept(Candidates found);
    }

    private List<Future<?>> searching(Check check) {
        return during(() -> check.accept(search()));
    }

    private List<Future<?>> during(Runnable look) {
        List<Future<?>> looking = new ArrayList<>();
        for (int i = 0; i < SEARCHERS; i++) {
            looking.add(threads.submit(() -> {
                while (!done.get()) {
                    look.run();
                }
            }));
        }
        return looking;
    }

    private void finish(List<Future<?>> looking) throws Exception {
        done.set(true);
        for (Future<?> each : looking) {
            each.get();
        }
    }

    private Candidates search() {
        return engine().search(collection, "word", Entries.meaning("word", 2), Filter.EVERYTHING, 1_000);
    }

    private int count(Candidates found) {
        return can(Engine.Capability.KEYWORDS)
                ? found.byWords().size()
                : found.byVector().size();
    }

    private void assertAgreement(Candidates found) {
        if (can(Engine.Capability.ONE_SNAPSHOT)) {
            assertThat(byVector(found)).isEqualTo(byWords(found));
        }
    }

    private static IndexEntry word() {
        return Entries.saying(UUID.randomUUID(), "word");
    }

    private static IndexEntry[] entries(List<UUID> ids, int state) {
        return ids.stream().map(id -> Entries.text(id, "word " + state, null)).toArray(IndexEntry[]::new);
    }

    private static Set<Stamp> stamps(IndexEntry... entries) {
        Set<Stamp> stamps = new HashSet<>();
        for (IndexEntry entry : entries) {
            stamps.add(new Stamp(entry.document().id(), entry.stamp()));
        }
        return stamps;
    }
}
