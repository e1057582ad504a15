package dev.tandem.index;

import static dev.tandem.index.EngineFixture.at;
import static dev.tandem.index.EngineFixture.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.domain.change.Position;
import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.collection.Language;
import dev.tandem.domain.embedding.Metric;
import dev.tandem.domain.metadata.Filter;
import dev.tandem.domain.refusal.Refusal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** An engine keeps the indexes of all collections apart, across restarts and crashes, and deletes them on request. */
public abstract class IndexesContract extends EngineContract {

    private static final UUID A = UUID.randomUUID();
    private static final UUID B = UUID.randomUUID();

    private final Collection collection = Entries.collection(Language.ENGLISH, Metric.COSINE, 2);

    private static IndexEntry word(UUID id) {
        return Entries.saying(id, "word");
    }

    private Set<UUID> stored() {
        return await(engine().indexes().stored());
    }

    @Test
    @DisplayName("an engine has a name and finds documents in one way at least")
    void introducesItself() {
        assertThat(engine().indexes().engine().name()).matches("[a-z][a-z0-9]*");
        assertThat(can(Engine.Capability.KEYWORDS) || can(Engine.Capability.VECTORS))
                .isTrue();
    }

    @Test
    @DisplayName("collections don't see each other's documents")
    void apart() {
        Collection other = Entries.collection(Language.ENGLISH, Metric.COSINE, 2);
        engine().build(collection, word(A));
        engine().build(other, word(B));
        engine().save(other, 5, Entries.saying(UUID.randomUUID(), "other"));
        assertThat(saying(collection, "word")).containsExactly(A);
        assertThat(saying(other, "word")).containsExactly(B);
        assertThat(saying(collection, "other")).isEmpty();
        assertThat(engine().position(collection)).contains(Position.START);
        assertThat(engine().size(collection).documents()).isEqualTo(1);
        engine().delete(other, 6, A);
        assertThat(saying(collection, "word")).containsExactly(A);
        assertThat(engine().stamps(other)).hasSize(2);
    }

    @Test
    @DisplayName("stored indexes are listed, finished or not, but not those that were only requested")
    void stores() {
        Collection begun = Entries.collection(Language.ENGLISH, Metric.COSINE, 2);
        Collection asked = Entries.collection(Language.ENGLISH, Metric.COSINE, 2);
        engine().build(collection, word(A));
        IndexBuild build = engine().rebuild(begun);
        assertThat(saying(asked, "word")).isEmpty();
        assertThat(stored()).contains(collection.id(), begun.id()).doesNotContain(asked.id());
        engine().swapIn(begun, build, at(3));
        engine().restart();
        assertThat(stored()).contains(collection.id(), begun.id()).doesNotContain(asked.id());
    }

    @Test
    @DisplayName("dropping deletes indexes, in use or not, and what is being built for them")
    void drops() {
        Collection other = Entries.collection(Language.NONE, Metric.COSINE, 2);
        Collection kept = Entries.collection(Language.NONE, Metric.COSINE, 2);
        engine().build(collection, word(A));
        engine().build(other, word(A));
        engine().build(kept, word(A));
        IndexBuild rebuild = engine().rebuild(collection);
        engine().drop(collection);
        assertThatThrownBy(() -> await(rebuild.apply(List.of(word(B)), Set.of())))
                .isInstanceOf(CancellationException.class);
        assertThatThrownBy(() -> await(rebuild.swapIn(at(1)))).isInstanceOf(CancellationException.class);
        assertUnbuilt(collection);
        engine().restart();
        assertUnbuilt(collection);
        assertThat(stored()).contains(other.id(), kept.id());
        await(engine().indexes().dropAll(Set.of(other.id())));
        engine().settle(other);
        assertUnbuilt(other);
        assertThat(saying(kept, "word")).containsExactly(A);
        await(engine().indexes().dropAll(Set.of(kept.id())));
        engine().settle(kept);
        assertUnbuilt(kept);
    }

    private void assertUnbuilt(Collection dropped) {
        assertThat(stored()).doesNotContain(dropped.id());
        assertThat(engine().position(dropped)).isEmpty();
        assertThat(saying(dropped, "word")).isEmpty();
        assertThat(engine().size(dropped)).isEqualTo(IndexSize.EMPTY);
        assertThat(engine().stamps(dropped)).isEmpty();
        assertThatThrownBy(() -> engine().save(dropped, 9, word(B))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    @DisplayName("dropping an index that does not exist succeeds, and dropping twice is dropping once")
    void dropsNothing() {
        engine().build(collection, word(A));
        await(engine().indexes().drop(UUID.randomUUID()));
        await(engine().indexes().dropAll(Set.of(UUID.randomUUID(), UUID.randomUUID())));
        await(engine().indexes().dropAll(Set.of()));
        assertThat(saying(collection, "word")).containsExactly(A);
        engine().drop(collection);
        engine().drop(collection);
        assertUnbuilt(collection);
    }

    @Test
    @DisplayName("what was dropped can be built again, and nothing of the old index comes back")
    void buildsAgain() {
        engine().build(collection, word(A));
        engine().save(collection, 7, word(B));
        engine().drop(collection);
        engine().build(collection, word(B));
        assertThat(engine().position(collection)).contains(Position.START);
        assertThat(saying(collection, "word")).containsExactly(B);
        engine().restart();
        assertThat(engine().position(collection)).contains(Position.START);
        assertThat(saying(collection, "word")).containsExactly(B);
    }

    @Test
    @DisplayName("stopping and starting again loses nothing")
    void restarts() {
        engine().build(collection, word(A));
        engine().save(collection, 5, word(B));
        List<Stamp> stamps = engine().stamps(collection);
        engine().restart();
        assertThat(engine().position(collection)).contains(at(5));
        assertThat(saying(collection, "word")).containsExactlyInAnyOrder(A, B);
        assertThat(engine().stamps(collection)).isEqualTo(stamps);
        engine().save(collection, 6, Entries.saying(B, "new"));
        assertThat(saying(collection, "word")).containsExactly(A);
    }

    @Test
    @DisplayName("once it has stopped, an engine refuses everything and breaks nothing")
    void stops() {
        engine().build(collection, word(A));
        Index index = engine().of(collection);
        IndexBuild build = engine().rebuild(collection);
        engine().close();
        assertUnavailable(() -> await(index.position()));
        assertUnavailable(() -> await(index.size()));
        assertUnavailable(() -> await(index.stamps(null, 10)));
        assertUnavailable(() -> await(index.apply(List.of(word(B)), Set.of(), Position.START, at(5))));
        assertUnavailable(() -> await(index.rebuild()));
        assertUnavailable(() -> engine().search(collection, "word", null, Filter.EVERYTHING, 10));
        assertThatThrownBy(() -> await(build.apply(List.of(word(B)), Set.of())))
                .isInstanceOfAny(Refusal.Unavailable.class, CancellationException.class);
    }

    private static void assertUnavailable(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(Refusal.Unavailable.class);
    }

    @Test
    @DisplayName(
            "after a crash the index stands at a place that it had come to, and applying the rest again gives the right state")
    void crash() {
        engine().build(collection, word(A));
        engine().save(collection, 5, word(B));
        engine().restart();
        engine().save(collection, 6, Entries.saying(B, "other"));
        engine().delete(collection, 7, A);
        try (EngineFixture survivor = engine().afterCrash()) {
            long reached = survivor.position(collection).orElseThrow().txid();
            assertThat(reached)
                    .as("what was there when it was started is not lost")
                    .isBetween(5L, 7L);
            if (can(Engine.Capability.ATOMIC_POSITION)) {
                assertThat(said(survivor)).isEqualTo(said(reached));
            }
            for (long next = reached + 1; next <= 6; next++) {
                survivor.save(collection, next, Entries.saying(B, "other"));
            }
            if (reached < 7) {
                survivor.delete(collection, 7, A);
            }
            assertThat(said(survivor)).isEqualTo(said(7));
            assertThat(survivor.position(collection)).contains(at(7));
        }
    }

    private Map<String, Set<UUID>> said(EngineFixture survivor) {
        return Map.of(
                "word", saying(survivor, collection, "word"),
                "other", saying(survivor, collection, "other"));
    }

    private static Map<String, Set<UUID>> said(long txid) {
        Set<UUID> words = txid == 5 ? Set.of(A, B) : txid == 6 ? Set.of(A) : Set.of();
        return Map.of("word", words, "other", txid == 5 ? Set.of() : Set.of(B));
    }

    @Test
    @DisplayName("what a crash left of an index that was being built is deleted, and does not disturb other indexes")
    void crashWhileBuilding() {
        IndexBuild build = engine().rebuild(collection);
        await(build.apply(
                Stream.generate(() -> word(UUID.randomUUID())).limit(50).toList(), Set.of()));
        try (EngineFixture survivor = engine().afterCrash()) {
            assertThat(survivor.position(collection)).isEmpty();
            assertThat(saying(survivor, collection, "word")).isEmpty();
            survivor.build(collection, word(A));
            assertThat(saying(survivor, collection, "word")).containsExactly(A);
            survivor.drop(collection);
            assertThat(await(survivor.indexes().stored())).doesNotContain(collection.id());
        }
    }
}
