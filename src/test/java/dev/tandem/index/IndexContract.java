package dev.tandem.index;

import static dev.tandem.index.EngineFixture.at;
import static dev.tandem.index.EngineFixture.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.domain.change.Position;
import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.collection.Language;
import dev.tandem.domain.embedding.Metric;
import dev.tandem.domain.embedding.Vector;
import dev.tandem.domain.metadata.Filter;
import dev.tandem.domain.metadata.Metadata;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The index of one collection reports its position and shows the applied changes, which may arrive twice and in any order. */
public abstract class IndexContract extends EngineContract {

    private static final UUID A = UUID.randomUUID();
    private static final UUID B = UUID.randomUUID();
    private static final UUID C = UUID.randomUUID();

    private final Collection collection = Entries.collection(Language.ENGLISH, Metric.COSINE, 2);

    private static IndexEntry word(UUID id) {
        return Entries.saying(id, "word");
    }

    private IndexStatus status() {
        return await(engine().of(collection).status());
    }

    @Test
    @DisplayName("an index that was never built has no position, finds nothing and takes no changes")
    void unbuilt() {
        assertThat(engine().position(collection)).isEmpty();
        assertThat(status()).isEqualTo(new IndexStatus(IndexHealth.BUILDING, Optional.empty()));
        assertThat(saying(collection, "word")).isEmpty();
        assertThat(engine().search(collection, "word", null, Filter.EVERYTHING, 10)
                        .sequence())
                .isZero();
        assertThat(engine().size(collection)).isEqualTo(IndexSize.EMPTY);
        assertThat(engine().stamps(collection)).isEmpty();
        assertThat(await(engine().of(collection).stamps(Set.of(A)))).isEmpty();
        assertThatThrownBy(() -> engine().save(collection, 1, word(A))).isInstanceOf(IllegalStateException.class);
        assertThat(engine().indexes().trouble(collection.id())).isEmpty();
        assertThat(engine().indexes().waiting()).isEmpty();
    }

    @Test
    @DisplayName("an empty index stands at the beginning of the log and finds nothing")
    void empty() {
        engine().build(collection);
        assertThat(engine().position(collection)).contains(Position.START);
        assertThat(status()).isEqualTo(new IndexStatus(IndexHealth.OK, Optional.of(Position.START)));
        assertThat(saying(collection, "word")).isEmpty();
        assertThat(engine().size(collection)).isEqualTo(IndexSize.EMPTY);
        assertThat(engine().stamps(collection)).isEmpty();
    }

    @Test
    @DisplayName("what was applied is visible, counted, and said with the answer")
    void visible() {
        engine().build(collection);
        assertThat(engine().position(collection)).contains(Position.START);
        engine().save(collection, 7, word(A), word(B));
        engine().delete(collection, 8, B, UUID.randomUUID());
        assertThat(engine().position(collection)).contains(at(8));
        assertThat(status()).isEqualTo(new IndexStatus(IndexHealth.OK, Optional.of(at(8))));
        assertThat(engine().search(collection, "word", null, Filter.EVERYTHING, 10)
                        .sequence())
                .isEqualTo(8);
        assertThat(saying(collection, "word")).containsExactly(A);
        assertThat(engine().size(collection).documents()).isEqualTo(1);
    }

    @Test
    @DisplayName("in the middle of a transaction's changes, the answer speaks of the one before")
    void sequenceIsHonest() {
        engine().build(collection);
        engine().apply(collection, List.of(word(A)), Set.of(), at(9, 3));
        assertThat(engine().search(collection, "word", null, Filter.EVERYTHING, 10)
                        .sequence())
                .isEqualTo(8);
    }

    @Test
    @DisplayName("what was read at another place than the index stands at is left")
    void neverGoesBack() {
        engine().build(collection);
        engine().save(collection, 7, Entries.saying(A, "new"), word(B));
        assertThat(engine().apply(collection, List.of(word(A)), Set.of(B), Position.START, at(6)))
                .isFalse();
        assertThat(engine().apply(collection, List.of(word(A)), Set.of(B), at(8), at(9)))
                .isFalse();
        assertThat(engine().position(collection)).contains(at(7));
        assertThat(saying(collection, "new")).containsExactly(A);
        assertThat(saying(collection, "word")).containsExactly(B);
        assertThat(engine().apply(collection, List.of(word(A)), Set.of(B), at(7), at(7)))
                .isTrue();
        assertThat(saying(collection, "word")).containsExactly(A);
    }

    @Test
    @DisplayName("the whole position counts, not its transaction alone")
    void comparesWholePositions() {
        engine().build(collection);
        Position reached = new Position("here", 9, 5, 3, new TreeMap<>(Map.of(4L, 0L)));
        engine().apply(collection, List.of(), Set.of(), reached);
        for (Position other : List.of(
                new Position("there", 9, 5, 3, new TreeMap<>(Map.of(4L, 0L))),
                new Position("here", 9, 6, 3, new TreeMap<>(Map.of(4L, 0L))),
                new Position("here", 9, 5, 4, new TreeMap<>(Map.of(4L, 0L))),
                new Position("here", 9, 5, 3, new TreeMap<>(Map.of(4L, 1L))),
                new Position("here", 9, 5, 3, new TreeMap<>()))) {
            assertThat(engine().apply(collection, List.of(word(A)), Set.of(), other, at(10)))
                    .as("%s", other)
                    .isFalse();
        }
        assertThat(engine().apply(collection, List.of(word(A)), Set.of(), reached, at(10)))
                .isTrue();
    }

    @Test
    @DisplayName("applying the same twice is applying it once")
    void twice() {
        engine().build(collection, word(C));
        List<IndexEntry> saved =
                List.of(Entries.saying(A, "new"), Entries.entry(B, "word", null, Metadata.EMPTY, Vector.of(1, 0)));
        engine().apply(collection, saved, Set.of(C), at(2));
        List<Stamp> stamps = engine().stamps(collection);
        IndexSize size = engine().size(collection);
        assertThat(engine().apply(collection, saved, Set.of(C), Position.START, at(2)))
                .isFalse();
        assertThat(engine().apply(collection, saved, Set.of(C), at(2), at(2))).isTrue();
        assertThat(engine().position(collection)).contains(at(2));
        assertThat(engine().stamps(collection)).isEqualTo(stamps).hasSize(2);
        assertThat(engine().size(collection)).isEqualTo(size);
        assertThat(saying(collection, "new")).containsExactly(A);
        assertThat(saying(collection, "word")).containsExactly(B);
    }

    @Test
    @DisplayName("a document that is saved again is found by what it says now, and only once")
    void replaces() {
        engine().build(collection, word(A), word(B));
        engine().save(collection, 5, Entries.saying(A, "other"));
        assertThat(saying(collection, "word")).containsExactly(B);
        assertThat(saying(collection, "other")).containsExactly(A);
        assertThat(engine().size(collection).documents()).isEqualTo(2);
    }

    @Test
    @DisplayName("a document that is gone may never have been here, may go twice, and may come back")
    void gone() {
        engine().build(collection);
        engine().delete(collection, 4, A);
        engine().save(collection, 5, word(A), word(B));
        engine().delete(collection, 6, A);
        engine().delete(collection, 7, A);
        assertThat(saying(collection, "word")).containsExactly(B);
        engine().save(collection, 8, Entries.saying(A, "new"));
        assertThat(saying(collection, "word")).containsExactly(B);
        assertThat(saying(collection, "new")).containsExactly(A);
        assertThat(engine().size(collection).documents()).isEqualTo(2);
    }

    @Test
    @DisplayName("the position moves without changes too, and what was there stays")
    void movesAlone() {
        engine().build(collection, word(A));
        engine().apply(collection, List.of(), Set.of(), at(9));
        assertThat(engine().position(collection)).contains(at(9));
        assertThat(engine().search(collection, "word", null, Filter.EVERYTHING, 10)
                        .sequence())
                .isEqualTo(9);
        assertThat(saying(collection, "word")).containsExactly(A);
    }

    static Stream<Position> positions() {
        return Stream.of(
                Position.START,
                at(3),
                at(Long.MAX_VALUE),
                at(8, 0),
                new Position("7311111111111111111/2", 9, Long.MAX_VALUE, 7, new TreeMap<>(Map.of(3L, 0L, 8L, 12L))),
                new Position("", 1L << 62, -1, Position.ALL, new TreeMap<>(Map.of((1L << 62) - 1, Position.ALL))),
                new Position(" = :\"'\\é😀", 5_000, 1, Position.ALL, manyPending()));
    }

    private static TreeMap<Long, Long> manyPending() {
        TreeMap<Long, Long> pending = new TreeMap<>();
        IntStream.range(0, 1_000).forEach(i -> pending.put(100L + i, (long) i * i));
        return pending;
    }

    @ParameterizedTest
    @MethodSource("positions")
    @DisplayName("a position is kept to the last number, also over a restart")
    void keepsPositions(Position reached) {
        engine().build(collection);
        engine().apply(collection, List.of(word(A)), Set.of(), reached);
        assertThat(engine().position(collection)).contains(reached);
        engine().restart();
        assertThat(engine().position(collection)).contains(reached);
        assertThat(status().shown()).contains(reached);
    }

    @Test
    @DisplayName("documents are counted, whatever they say")
    void countsDocuments() {
        engine().build(collection, Entries.text(A, "word", null), Entries.text(B, null, null), word(C));
        assertThat(engine().size(collection).documents()).isEqualTo(3);
        engine().apply(collection, List.of(word(A)), Set.of(C), at(5));
        assertThat(engine().size(collection).documents()).isEqualTo(2);
    }

    @Test
    @DisplayName("chunks are counted too")
    void countsPassages() {
        requires(Engine.Capability.VECTORS);
        Vector[] three = {Vector.of(1, 0), Vector.of(0, 1), Vector.of(1, 1)};
        engine().build(collection, Entries.text(A, "word", null), Entries.entry(B, null, null, Metadata.EMPTY, three));
        assertThat(engine().size(collection)).isEqualTo(new IndexSize(2, 3));
        engine().save(collection, 5, word(A), word(B));
        assertThat(engine().size(collection)).isEqualTo(new IndexSize(2, 2));
        engine().delete(collection, 6, B);
        assertThat(engine().size(collection)).isEqualTo(new IndexSize(1, 1));
    }
}
