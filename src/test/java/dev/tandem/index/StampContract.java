package dev.tandem.index;

import static dev.tandem.index.EngineFixture.at;
import static dev.tandem.index.EngineFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.collection.Language;
import dev.tandem.domain.embedding.Metric;
import dev.tandem.domain.embedding.Vector;
import dev.tandem.domain.metadata.Metadata;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An index lists what searches see, page by page in the order of ids, and in which state. */
public abstract class StampContract extends EngineContract {

    private static final int DOCUMENTS = 250;

    private static final List<UUID> EDGES = List.of(
            new UUID(0, 0),
            new UUID(0, 1),
            new UUID(0, Long.MIN_VALUE),
            new UUID(0, -1),
            new UUID(Long.MAX_VALUE, -1),
            new UUID(Long.MIN_VALUE, 0),
            new UUID(-1, -1));

    private final Collection collection = Entries.collection(Language.NONE, Metric.COSINE, 2);
    private final Random random = new Random(7);
    private final SortedMap<UUID, IndexEntry> rows = new TreeMap<>(Stamp.ORDER);

    @BeforeEach
    void build() {
        Stream.concat(EDGES.stream(), Stream.generate(UUID::randomUUID))
                .limit(DOCUMENTS)
                .forEach(id -> rows.put(id, entry(id)));
        engine().build(collection, rows.values().toArray(IndexEntry[]::new));
    }

    private IndexEntry entry(UUID id) {
        Vector[] vectors = Stream.generate(() -> Vector.of(random.nextFloat(), 1))
                .limit(random.nextInt(3))
                .toArray(Vector[]::new);
        return Entries.entry(id, "word" + random.nextInt(), null, Metadata.EMPTY, vectors);
    }

    private List<Stamp> expected() {
        return rows.values().stream()
                .map(row -> new Stamp(row.document().id(), row.stamp()))
                .toList();
    }

    private List<Stamp> page(@Nullable UUID after, int limit) {
        return await(engine().of(collection).stamps(after, limit));
    }

    private List<Stamp> allBy(int limit) {
        List<Stamp> all = new ArrayList<>();
        List<Stamp> page = page(null, limit);
        while (!page.isEmpty()) {
            assertThat(page).hasSizeLessThanOrEqualTo(limit);
            all.addAll(page);
            page = page(page.getLast().id(), limit);
        }
        return all;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, DOCUMENTS - 1, DOCUMENTS, DOCUMENTS + 1, 10_000})
    @DisplayName("pages of any length hold every document once, in order, in the state that was applied")
    void pages(int limit) {
        assertThat(page(null, limit)).hasSize(Math.min(limit, DOCUMENTS));
        assertThat(allBy(limit)).isEqualTo(expected());
    }

    @Test
    @DisplayName(
            "a page may begin behind a document that does not exist, and the page behind the last document is empty")
    void beginsAnywhere() {
        for (int i = 0; i < 50; i++) {
            UUID after = UUID.randomUUID();
            assertThat(page(after, 3))
                    .isEqualTo(expected().stream()
                            .filter(stamp -> Stamp.ORDER.compare(stamp.id(), after) > 0)
                            .limit(3)
                            .toList());
        }
        assertThat(page(EDGES.getLast(), 10)).isEmpty();
    }

    @Test
    @DisplayName("what is saved again has its new state, what is gone is missing")
    void followsChanges() {
        List<UUID> ids = List.copyOf(rows.keySet());
        Set<UUID> gone = new HashSet<>(ids.subList(0, 40));
        gone.addAll(ids.subList(DOCUMENTS - 40, DOCUMENTS));
        List<IndexEntry> saved = ids.subList(100, 150).stream().map(this::entry).toList();
        rows.keySet().removeAll(gone);
        saved.forEach(entry -> rows.put(entry.document().id(), entry));
        engine().apply(collection, saved, gone, at(5));
        assertThat(allBy(1)).isEqualTo(expected());
        assertThat(allBy(33)).isEqualTo(expected());
        assertThat(await(engine().of(collection).stamps(Set.copyOf(ids))))
                .isEqualTo(expected().stream().collect(Collectors.toMap(Stamp::id, Stamp::value)));
    }

    @Test
    @DisplayName("the states of chosen documents are returned; documents that do not exist are left out")
    void chosen() {
        Map<UUID, Long> all = expected().stream().collect(Collectors.toMap(Stamp::id, Stamp::value));
        Set<UUID> chosen = new HashSet<>(EDGES);
        IntStream.range(0, 20).forEach(i -> chosen.add(UUID.randomUUID()));
        assertThat(await(engine().of(collection).stamps(chosen)))
                .isEqualTo(EDGES.stream().collect(Collectors.toMap(Function.identity(), all::get)));
        assertThat(await(engine().of(collection).stamps(Set.of(UUID.randomUUID()))))
                .isEmpty();
        assertThat(await(engine().of(collection).stamps(Set.of()))).isEmpty();
    }

    @Test
    @DisplayName("what is only being built is not listed before it is swapped in")
    void builds() {
        IndexBuild build = engine().rebuild(collection);
        IndexEntry only = entry(UUID.randomUUID());
        await(build.apply(List.of(only), Set.of()));
        assertThat(engine().stamps(collection)).isEqualTo(expected());
        engine().swapIn(collection, build, at(9));
        assertThat(engine().stamps(collection))
                .containsExactly(new Stamp(only.document().id(), only.stamp()));
    }
}
