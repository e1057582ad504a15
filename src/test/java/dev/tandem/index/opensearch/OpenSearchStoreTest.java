package dev.tandem.index.opensearch;

import static dev.tandem.index.EngineFixture.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.domain.collection.Language;
import dev.tandem.domain.embedding.Metric;
import dev.tandem.domain.embedding.Vector;
import dev.tandem.domain.metadata.Filter;
import dev.tandem.domain.metadata.Metadata;
import dev.tandem.domain.search.KeywordMatch;
import dev.tandem.domain.search.SearchText;
import dev.tandem.index.CandidateQuery;
import dev.tandem.index.Entries;
import dev.tandem.index.IndexEntry;
import dev.tandem.index.IndexSize;
import dev.tandem.index.Shape;
import dev.tandem.index.shared.Found;
import dev.tandem.index.shared.Store;
import dev.tandem.index.shared.StoreGone;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Stores in a real OpenSearch: versions, deletion and names. */
class OpenSearchStoreTest {

    private final Store store = store(UUID.randomUUID());
    private OpenSearchEngine engine;

    private static Store store(UUID collection) {
        return new Store(collection, "1x2", new Shape(Language.ENGLISH, Metric.COSINE, 2));
    }

    @BeforeEach
    void open() {
        engine = new OpenSearchEngine(TestVertx.get(), TestConfig.at(OpenSearchServer.address()));
        await(engine.create(store));
    }

    @AfterEach
    void close() {
        if (engine != null) {
            await(engine.drop(store));
            engine.close();
        }
    }

    private void write(long version, IndexEntry... saved) {
        await(engine.write(store, version, List.of(saved), Set.of()));
    }

    private Found find(String text) {
        return await(engine.search(
                store, new CandidateQuery(SearchText.plain(text), Vector.of(1, 0), List.of(), Filter.EVERYTHING, 100)));
    }

    private List<UUID> saying(String text) {
        return find(text).byWords().stream().map(KeywordMatch::documentId).toList();
    }

    @Test
    @DisplayName(
            "a write with a lower version changes nothing, also of what was deleted; an equal one comes again, whole")
    void versions() {
        UUID id = UUID.randomUUID();
        write(5, Entries.saying(id, "word"));
        write(4, Entries.saying(id, "other"));
        assertThat(saying("word")).containsExactly(id);
        assertThat(saying("other")).isEmpty();
        write(5, Entries.entry(id, "other", null, Metadata.EMPTY));
        assertThat(saying("other")).containsExactly(id);
        assertThat(await(engine.size(store))).isEqualTo(new IndexSize(1, 0));
        await(engine.write(store, 7, List.of(), Set.of(id)));
        write(6, Entries.saying(id, "word"));
        assertThat(await(engine.size(store))).isEqualTo(IndexSize.EMPTY);
        await(engine.write(store, 6, List.of(), Set.of(id)));
        write(7, Entries.saying(id, "word"));
        await(engine.write(store, 6, List.of(), Set.of(id)));
        assertThat(saying("word")).containsExactly(id);
    }

    @Test
    @DisplayName("a deletion counts for a document that was never there")
    void deletedBefore() {
        UUID id = UUID.randomUUID();
        await(engine.write(store, 7, List.of(), Set.of(id)));
        write(6, Entries.saying(id, "word"));
        assertThat(saying("word")).isEmpty();
    }

    @Test
    @DisplayName("what is written in many portions is all there")
    void portions() {
        OpenSearchEngine other =
                new OpenSearchEngine(TestVertx.get(), TestConfig.inPortions(OpenSearchServer.address(), "2000", "7"));
        List<IndexEntry> entries = IntStream.range(0, 60)
                .mapToObj(i -> Entries.text(UUID.randomUUID(), "tea", "word ".repeat(i * 10)))
                .toList();
        await(other.write(store, 3, entries, Set.of(UUID.randomUUID(), UUID.randomUUID())));
        other.close();
        assertThat(await(engine.size(store))).isEqualTo(new IndexSize(60, 0));
        assertThat(saying("tea")).hasSize(60);
    }

    @Test
    @DisplayName("a write to a store that is gone makes no other one")
    void gone() {
        await(engine.drop(store));
        assertThatThrownBy(() -> write(9, Entries.saying(UUID.randomUUID(), "word")))
                .isInstanceOf(StoreGone.class);
        assertThatThrownBy(() -> await(engine.write(store, 9, List.of(), Set.of(UUID.randomUUID()))))
                .isInstanceOf(StoreGone.class);
        assertThatThrownBy(() -> find("word")).isInstanceOf(StoreGone.class);
        assertThatThrownBy(() -> await(engine.size(store))).isInstanceOf(StoreGone.class);
        assertThatThrownBy(() -> await(engine.stamps(store, null, 1))).isInstanceOf(StoreGone.class);
        assertThat(await(engine.stores())).doesNotContain(store.name());
        await(engine.drop(store.name()));
    }

    @Test
    @DisplayName("stores are listed until they are dropped, and made twice are made once")
    void stores() {
        Store other = store(UUID.randomUUID());
        await(engine.create(other));
        write(1, Entries.saying(UUID.randomUUID(), "word"));
        await(engine.create(store));
        assertThat(saying("word")).hasSize(1);
        assertThat(await(engine.stores())).contains(store.name(), other.name());
        await(engine.drop(other.name()));
        assertThat(await(engine.stores())).contains(store.name()).doesNotContain(other.name());
    }

    @Test
    @DisplayName("equal documents are in the order of their ids")
    void order() {
        UUID first = new UUID(1, 1);
        UUID second = new UUID(2, 1);
        UUID third = new UUID(-1, 1);
        write(1, Entries.saying(third, "word"), Entries.saying(first, "word"), Entries.saying(second, "word"));
        Found found = find("word");
        assertThat(found.byWords()).extracting(match -> match.documentId()).containsExactly(first, second, third);
        assertThat(found.byVector()).extracting(match -> match.documentId()).containsExactly(first, second, third);
    }
}
