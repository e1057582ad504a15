package dev.tandem.index;

import static dev.tandem.index.EngineFixture.at;
import static dev.tandem.index.EngineFixture.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.domain.change.Position;
import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.collection.Language;
import dev.tandem.domain.embedding.Metric;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An index is built beside the one that is searched, takes its place at once, and is asked for again when another shape is needed. */
public abstract class IndexBuildContract extends EngineContract {

    private static final UUID A = UUID.randomUUID();
    private static final UUID B = UUID.randomUUID();
    private static final UUID C = UUID.randomUUID();
    private static final UUID OWNER = UUID.randomUUID();

    private final Collection collection = Entries.collection(OWNER, Language.ENGLISH, Metric.COSINE, 2);

    private static IndexEntry word(UUID id) {
        return Entries.saying(id, "word");
    }

    @Test
    @DisplayName("what is being built is invisible, and given up leaves no trace")
    void discards() {
        engine().build(collection, word(A));
        IndexBuild build = engine().rebuild(collection);
        await(build.apply(List.of(word(B)), Set.of(A)));
        assertThat(saying(collection, "word")).containsExactly(A);
        assertThat(engine().size(collection).documents()).isEqualTo(1);
        assertThat(engine().position(collection)).contains(Position.START);
        await(build.discard());
        await(build.discard());
        assertThatThrownBy(() -> await(build.apply(List.of(), Set.of()))).isInstanceOf(CancellationException.class);
        assertThatThrownBy(() -> await(build.swapIn(at(9)))).isInstanceOf(CancellationException.class);
        assertThat(saying(collection, "word")).containsExactly(A);
        assertThat(engine().position(collection)).contains(Position.START);
    }

    @Test
    @DisplayName("what is built takes the place of the old index, across restarts")
    void swapsIn() {
        engine().build(collection, word(A));
        IndexBuild build = engine().rebuild(collection);
        await(build.apply(List.of(word(A), word(B)), Set.of()));
        await(build.apply(List.of(), Set.of(A)));
        engine().swapIn(collection, build, at(3));
        await(build.discard());
        assertThat(saying(collection, "word")).containsExactly(B);
        assertThat(engine().position(collection)).contains(at(3));
        assertThat(engine().size(collection).documents()).isEqualTo(1);
        engine().restart();
        assertThat(saying(collection, "word")).containsExactly(B);
        assertThat(engine().position(collection)).contains(at(3));
    }

    @Test
    @DisplayName("after a crash, what was swapped in is there, and what wasn't is not")
    void survivesCrashes() throws Exception {
        engine().build(collection, word(A));
        IndexBuild swapped = engine().rebuild(collection);
        await(swapped.apply(List.of(word(B)), Set.of()));
        engine().swapIn(collection, swapped, at(3));
        IndexBuild unfinished = engine().rebuild(collection);
        await(unfinished.apply(List.of(word(C)), Set.of()));
        try (EngineFixture survivor = engine().afterCrash()) {
            assertThat(survivor.position(collection)).contains(at(3));
            assertThat(saying(survivor, collection, "word")).containsExactly(B);
            survivor.build(collection, word(C));
            assertThat(saying(survivor, collection, "word")).containsExactly(C);
        }
    }

    @Test
    @DisplayName("a document that comes twice while an index is built is there once, as it came last")
    void buildsTwice() {
        IndexBuild build = engine().rebuild(collection);
        await(build.apply(List.of(word(A), word(B)), Set.of(C)));
        await(build.apply(List.of(word(A), Entries.saying(B, "new")), Set.of(C)));
        await(build.apply(List.of(word(C)), Set.of()));
        engine().swapIn(collection, build, at(3));
        assertThat(saying(collection, "word")).containsExactlyInAnyOrder(A, C);
        assertThat(saying(collection, "new")).containsExactly(B);
        assertThat(engine().size(collection).documents()).isEqualTo(3);
    }

    @Test
    @DisplayName("different documents may be added at the same time, and none is lost")
    void fillsSideBySide() {
        IndexBuild build = engine().rebuild(collection);
        List<UUID> ids = Stream.generate(UUID::randomUUID).limit(400).toList();
        List<Uni<Void>> calls = IntStream.range(0, 20)
                .mapToObj(i -> ids.subList(20 * i, 20 * i + 20))
                .map(part ->
                        build.apply(part.stream().map(IndexBuildContract::word).toList(), Set.of()))
                .toList();
        await(Uni.join().all(calls).andFailFast());
        engine().swapIn(collection, build, at(3));
        assertThat(saying(collection, "word")).containsExactlyInAnyOrderElementsOf(ids);
    }

    @Test
    @DisplayName("the old index goes on meanwhile, and the new one stands where its build says")
    void oldGoesOn() {
        engine().build(collection, word(A));
        IndexBuild build = engine().rebuild(collection);
        await(build.apply(List.of(word(A)), Set.of()));
        engine().save(collection, 7, word(B));
        assertThat(saying(collection, "word")).containsExactlyInAnyOrder(A, B);
        engine().swapIn(collection, build, at(5));
        assertThat(engine().position(collection)).contains(at(5));
        assertThat(saying(collection, "word")).containsExactly(A);
        engine().save(collection, 7, word(B));
        assertThat(saying(collection, "word")).containsExactlyInAnyOrder(A, B);
    }

    @Test
    @DisplayName("after one that was given up, another can be built")
    void buildsAfterDiscard() {
        await(engine().rebuild(collection).discard());
        assertThat(engine().position(collection)).isEmpty();
        assertThat(saying(collection, "word")).isEmpty();
        engine().build(collection, word(A));
        assertThat(saying(collection, "word")).containsExactly(A);
    }

    static Stream<Collection> otherShapes() {
        return Stream.of(
                Entries.collection(OWNER, Language.NONE, Metric.COSINE, 2),
                Entries.collection(OWNER, Language.ENGLISH, Metric.DOT, 2),
                Entries.collection(OWNER, Language.ENGLISH, Metric.EUCLIDEAN, 2),
                Entries.collection(OWNER, Language.ENGLISH, Metric.COSINE, 3));
    }

    @ParameterizedTest
    @MethodSource("otherShapes")
    @DisplayName("another shape asks for a rebuild, and the old index answers as it was built until then")
    void otherShape(Collection changed) {
        int dimensions = changed.embedding().dimensions();
        engine().build(collection, word(A));
        assertThat(engine().position(changed)).isEmpty();
        assertThat(await(engine().of(changed).status()))
                .isEqualTo(new IndexStatus(IndexHealth.BUILDING, Optional.empty()));
        assertThat(saying(engine(), changed, "word", 2)).containsExactly(A);
        assertThatThrownBy(() -> engine().save(changed, 2, Entries.saying(B, "word", dimensions)))
                .isInstanceOf(IllegalStateException.class);
        engine().restart();
        assertThat(engine().position(changed)).isEmpty();
        assertThat(engine().position(collection)).contains(Position.START);
        assertThat(saying(engine(), changed, "word", 2)).containsExactly(A);
        engine().build(changed, Entries.saying(A, "other", dimensions));
        assertThat(engine().position(changed)).contains(Position.START);
        assertThat(engine().position(collection)).isEmpty();
        assertThat(saying(changed, "word")).isEmpty();
        assertThat(saying(changed, "other")).containsExactly(A);
        engine().save(changed, 2, Entries.saying(B, "word", dimensions));
        assertThat(saying(changed, "word")).containsExactly(B);
    }

    @Test
    @DisplayName("a change of language asks for a rebuild and goes on answering until then")
    void otherLanguage() {
        requires(Engine.Capability.KEYWORDS);
        engine().build(collection, Entries.text(A, "whales", null));
        Collection german = Entries.inLanguage(collection, Language.GERMAN);
        assertThat(engine().position(german)).isEmpty();
        assertThat(engine().withWords(german, "whale")).containsExactly(A);
        assertThatThrownBy(() -> engine().save(german, 2, word(B))).isInstanceOf(IllegalStateException.class);
        engine().restart();
        assertThat(engine().position(german)).isEmpty();
        assertThat(engine().position(collection)).contains(Position.START);
        engine().build(german, Entries.text(A, "Wale", null));
        assertThat(engine().position(german)).contains(Position.START);
        assertThat(engine().withWords(german, "Wal")).containsExactly(A);
    }
}
