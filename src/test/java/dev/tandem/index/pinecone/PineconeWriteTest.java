package dev.tandem.index.pinecone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.domain.collection.Language;
import dev.tandem.domain.embedding.Metric;
import dev.tandem.domain.embedding.Vector;
import dev.tandem.domain.metadata.Comparison;
import dev.tandem.domain.metadata.FieldPath;
import dev.tandem.domain.metadata.Filter;
import dev.tandem.domain.metadata.Metadata;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.domain.search.VectorMatch;
import dev.tandem.index.CandidateQuery;
import dev.tandem.index.EngineFixture;
import dev.tandem.index.Entries;
import dev.tandem.index.IndexEntry;
import dev.tandem.index.IndexSize;
import dev.tandem.index.Shape;
import dev.tandem.index.pinecone.http.Freshness;
import dev.tandem.index.pinecone.http.Planes;
import dev.tandem.index.pinecone.standin.StandIn;
import dev.tandem.index.shared.Store;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What reaches Pinecone: within its limits, nothing too much, nothing lost, and nothing from a client whose time is over. */
class PineconeWriteTest {

    private static final UUID A = UUID.randomUUID();
    private static final UUID B = UUID.randomUUID();
    private static final FieldPath TAG = FieldPath.parse("tag");

    private final StandIn standIn = new StandIn(PineconeFixture.VERTX, 3);
    private final PineconeSettings settings = PineconeSettings.of(List.of(standIn.host(2, "euclidean")), StandIn.KEY);
    private final PineconeEngine engine = new PineconeEngine(PineconeFixture.VERTX, settings);
    private final PineconeEngine other = new PineconeEngine(PineconeFixture.VERTX, settings);
    private final Store store = new Store(UUID.randomUUID(), "1", new Shape(Language.NONE, Metric.EUCLIDEAN, 2));

    @BeforeEach
    void create() {
        await(engine.create(store));
        standIn.requests();
    }

    @AfterEach
    void close() {
        engine.close();
        other.close();
        standIn.close();
    }

    private static <T> T await(Uni<T> uni) {
        return EngineFixture.await(uni);
    }

    private static IndexEntry entry(UUID id, Metadata metadata, int passages) {
        return Entries.entry(
                id,
                "word",
                null,
                metadata,
                IntStream.range(0, passages).mapToObj(i -> Vector.of(i, 1)).toArray(Vector[]::new));
    }

    private void write(PineconeEngine client, long version, IndexEntry... saved) {
        await(client.write(store, version, List.of(saved), Set.of()));
    }

    private List<VectorMatch> found(Filter filter, int limit) {
        return await(engine.search(store, new CandidateQuery(null, Vector.of(0, 1), List.of(), filter, limit)))
                .byVector();
    }

    private List<String> passages() {
        return standIn.ids(2, "euclidean", Place.passages(PineconeSettings.PREFIX, store.name()));
    }

    @Test
    @DisplayName(
            "many passages go in batches that Pinecone takes, a document has all of them, and so has a smaller one after it")
    void batches() {
        write(engine, 1, entry(A, Metadata.EMPTY, 2_500));
        assertThat(passages()).hasSize(2_501);
        assertThat(standIn.requests())
                .filteredOn("POST /vectors/upsert"::equals)
                .hasSize(5);
        assertThat(found(Filter.EVERYTHING, 10)).containsExactly(new VectorMatch(A, 1, 0));
        write(engine, 2, entry(A, Metadata.EMPTY, 3));
        assertThat(passages()).containsExactlyInAnyOrder(A + "#0", A + "#1", A + "#2", Place.ANCHOR);
        assertThat(standIn.requests())
                .filteredOn("POST /vectors/delete"::equals)
                .hasSize(3);
        await(engine.write(store, 3, List.of(), Set.of(A, B)));
        assertThat(passages()).containsExactly(Place.ANCHOR);
        assertThat(await(engine.size(store))).isEqualTo(new IndexSize(0, 0));
    }

    @Test
    @DisplayName("large metadata are cut into batches by bytes")
    void largeBatches() {
        List<String> tags =
                IntStream.range(0, 1_500).mapToObj(Integer::toString).toList();
        write(engine, 1, entry(A, new Metadata(Map.of("tag", tags)), 100));
        assertThat(passages()).hasSize(101);
        assertThat(found(new Filter.Equal(TAG, "1499"), 10)).hasSize(1);
        assertThat(found(new Filter.Equal(TAG, "1500"), 10)).isEmpty();
    }

    @Test
    @DisplayName("a document whose metadata are too large for Pinecone is lost to no filter: each one lets it through")
    void overflow() {
        List<String> tags =
                IntStream.range(0, 3_000).mapToObj(Integer::toString).toList();
        write(engine, 1, entry(A, new Metadata(Map.of("tag", tags)), 2), entry(B, new Metadata(Map.of("tag", "x")), 1));
        for (Filter filter : List.of(
                new Filter.Equal(TAG, "2999"),
                new Filter.Not(new Filter.Equal(TAG, "no such")),
                new Filter.Compare(TAG, Comparison.GREATER, 7L),
                new Filter.Not(new Filter.Exists(TAG)))) {
            assertThat(found(filter, 10)).extracting(VectorMatch::documentId).contains(A);
        }
        assertThat(found(new Filter.Equal(TAG, "x"), 10)).hasSize(2);
        assertThat(found(new Filter.Or(List.of()), 10)).isEmpty();
    }

    @Test
    @DisplayName("documents with very many near passages hide no others")
    void manyPassages() {
        UUID last = UUID.randomUUID();
        IndexEntry[] large = Stream.generate(() -> entry(UUID.randomUUID(), Metadata.EMPTY, 300))
                .limit(5)
                .toArray(IndexEntry[]::new);
        write(engine, 1, large);
        write(engine, 2, Entries.entry(last, null, null, Metadata.EMPTY, Vector.of(9_000, 1)));
        assertThat(found(Filter.EVERYTHING, 6)).hasSize(6).last().satisfies(match -> assertThat(match.documentId())
                .isEqualTo(last));
    }

    @Test
    @DisplayName("a vector of zeros has its place, where a metric gives it one")
    void zeros() {
        write(engine, 1, Entries.entry(A, null, null, Metadata.EMPTY, Vector.of(0, 0)));
        assertThat(found(Filter.EVERYTHING, 1)).containsExactly(new VectorMatch(A, 0.5, 0));
    }

    @Test
    @DisplayName("an earlier version changes nothing of a document, saved or gone; an equal one does")
    void versions() {
        write(engine, 7, entry(A, Metadata.EMPTY, 2));
        write(engine, 6, entry(A, Metadata.EMPTY, 3), entry(B, Metadata.EMPTY, 1));
        await(engine.write(store, 6, List.of(), Set.of(A)));
        assertThat(passages()).containsExactlyInAnyOrder(A + "#0", A + "#1", B + "#0", Place.ANCHOR);
        await(engine.write(store, 8, List.of(), Set.of(B)));
        write(engine, 7, entry(A, Metadata.EMPTY, 1), entry(B, Metadata.EMPTY, 1));
        assertThat(passages()).containsExactlyInAnyOrder(A + "#0", Place.ANCHOR);
    }

    @Test
    @DisplayName(
            "once another client has written, the writes of an earlier claim change nothing, and a later claim takes over again")
    void overtaken() {
        write(engine, 10, entry(A, Metadata.EMPTY, 1));
        await(other.write(store, 20, List.of(entry(B, Metadata.EMPTY, 1)), Set.of(A)));
        write(engine, 11, entry(A, Metadata.EMPTY, 1), entry(B, Metadata.EMPTY, 3));
        assertThat(passages()).containsExactlyInAnyOrder(B + "#0", Place.ANCHOR);
        write(engine, 30, entry(A, Metadata.EMPTY, 1));
        assertThat(passages()).containsExactlyInAnyOrder(A + "#0", B + "#0", Place.ANCHOR);
    }

    @Test
    @DisplayName("a client that was held up in the middle of a write looks again before its next request, and gives up")
    void heldUp() {
        Planes planes = PineconeEngine.planes(PineconeFixture.VERTX, settings);
        Place place = Place.of(planes.all().getFirst(), store, PineconeSettings.PREFIX);
        Writer writer = new Writer();
        Freshness freshness = new Freshness(PineconeFixture.VERTX, Duration.ofSeconds(50));
        await(new DocumentWrite(place, writer, freshness, Duration.ofSeconds(10), 1).run(List.of(), Set.of()));
        standIn.before(
                "/vectors/upsert",
                () -> standIn.change(
                        2, "euclidean", place.documents(), Place.ANCHOR, new Marker("another", 2).metadata()));
        DocumentWrite write = new DocumentWrite(place, writer, freshness, Duration.ZERO, 1);
        assertThatThrownBy(() -> await(write.run(List.of(entry(A, Metadata.EMPTY, 3)), Set.of())))
                .isInstanceOfSatisfying(Refusal.Unavailable.class, refusal -> assertThat(refusal.code())
                        .isEqualTo("index.held"));
        assertThat(passages()).containsExactly(Place.ANCHOR);
        planes.close();
    }
}
