package dev.tandem.index.pinecone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tandem.domain.collection.Language;
import dev.tandem.domain.embedding.Metric;
import dev.tandem.domain.embedding.Vector;
import dev.tandem.domain.metadata.Filter;
import dev.tandem.domain.metadata.Metadata;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.domain.search.SearchText;
import dev.tandem.index.CandidateQuery;
import dev.tandem.index.EngineFixture;
import dev.tandem.index.Entries;
import dev.tandem.index.IndexEntry;
import dev.tandem.index.Shape;
import dev.tandem.index.pinecone.standin.Fault;
import dev.tandem.index.pinecone.standin.StandIn;
import dev.tandem.index.shared.Store;
import dev.tandem.index.shared.StoreGone;
import io.smallrye.mutiny.Uni;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What the engine says while Pinecone is away, busy or out of its mind, that it says nothing of the key, and that nothing is half done at the end. */
class PineconeFaultTest {

    private static final UUID A = UUID.randomUUID();

    private final StandIn standIn = new StandIn(PineconeFixture.VERTX, 1);
    private final PineconeSettings settings = PineconeSettings.of(List.of(standIn.host(2, "cosine")), StandIn.KEY);
    private final PineconeEngine engine = new PineconeEngine(PineconeFixture.VERTX, settings);
    private final PineconeEngine hasty = new PineconeEngine(PineconeFixture.VERTX, settings.impatient());
    private final Store store = new Store(UUID.randomUUID(), "1", new Shape(Language.NONE, Metric.COSINE, 2));
    private long version;

    @BeforeEach
    void create() {
        await(engine.create(store));
        standIn.requests();
    }

    @AfterEach
    void close() {
        engine.close();
        hasty.close();
        standIn.close();
    }

    private static <T> T await(Uni<T> uni) {
        return EngineFixture.await(uni);
    }

    private static IndexEntry entry(int passages) {
        Vector[] vectors = Stream.iterate(1, i -> i + 1)
                .limit(passages)
                .map(i -> Vector.of(1, i))
                .toArray(Vector[]::new);
        return Entries.entry(A, "word", null, Metadata.EMPTY, vectors);
    }

    private Uni<Void> write(IndexEntry entry) {
        return write(engine, entry);
    }

    private Uni<Void> write(PineconeEngine engine, IndexEntry entry) {
        return engine.write(store, ++version, List.of(entry), Set.of());
    }

    private Uni<?> search() {
        return search(engine);
    }

    private Uni<?> search(PineconeEngine engine) {
        return engine.search(store, new CandidateQuery(null, Vector.of(1, 1), List.of(), Filter.EVERYTHING, 10));
    }

    private static Refusal.Unavailable unavailable(Uni<?> uni) {
        Refusal.Unavailable refusal = catchThrowableOfType(Refusal.Unavailable.class, () -> await(uni));
        assertThat(refusal).isNotNull();
        assertThat(refusal.detail())
                .endsWith(refusal.detail().contains("answered") ? "" : ".")
                .doesNotContain(StandIn.KEY);
        return refusal;
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "BUSY")
    @DisplayName(
            "whatever Pinecone does instead of answering, every request ends as unavailable, and works again afterwards")
    void everyFault(Fault fault) {
        await(write(entry(1)));
        Map<String, Function<PineconeEngine, Uni<?>>> requests = Map.of(
                "/query", this::search,
                "/vectors/fetch", client -> client.stamps(store, Set.of(A)),
                "/vectors/list", client -> client.stamps(store, null, 10),
                "/describe_index_stats", client -> client.size(store),
                "/namespaces", PineconeEngine::stores);
        requests.forEach((path, request) -> {
            standIn.fail(path, fault);
            Refusal.Unavailable refusal = unavailable(request.apply(fault == Fault.HANG ? hasty : engine));
            assertThat(refusal.code()).as("%s", path).isEqualTo("engine.unavailable");
            standIn.heal();
            await(request.apply(engine));
        });
    }

    @ParameterizedTest
    @CsvSource({
        "/vectors/fetch, 0, CUT",
        "/vectors/upsert, 0, CUT",
        "/vectors/upsert, 0, CUT_AFTER",
        "/vectors/upsert, 1, CUT_AFTER",
        "/vectors/upsert, 0, HALF",
        "/vectors/upsert, 1, STRANGE",
        "/vectors/delete, 0, CUT_AFTER",
        "/vectors/delete, 0, DOWN",
        "/query, 0, HANG"
    })
    @DisplayName("a write that failed anywhere is whole when it is written again, with fewer or more passages")
    void writesAgain(String path, int after, Fault fault) {
        int failed = 0;
        for (int passages : new int[] {5, 2, 7, 0, 3}) {
            await(write(entry(4)));
            standIn.fail(path, after, fault);
            // Not each number of passages needs each request.
            failed += fails(write(fault == Fault.HANG ? hasty : engine, entry(passages))) ? 1 : 0;
            standIn.heal();
            await(write(entry(2)));
            assertThat(standIn.ids(2, "cosine", Place.passages(PineconeSettings.PREFIX, store.name())))
                    .containsExactlyInAnyOrder(A + "#0", A + "#1", Place.ANCHOR);
            assertThat(await(engine.stamps(store, null, 10)))
                    .singleElement()
                    .satisfies(stamp -> assertThat(stamp.value()).isEqualTo(entry(2).stamp()));
        }
        assertThat(failed).isGreaterThanOrEqualTo(3);
    }

    private static boolean fails(Uni<Void> write) {
        return await(
                write.replaceWith(false).onFailure(Refusal.Unavailable.class).recoverWithItem(true));
    }

    @Test
    @DisplayName("a document of which half was written has no stamp of any state")
    void halfWritten() {
        await(write(entry(1)));
        standIn.fail("/vectors/upsert", 1, Fault.DOWN);
        unavailable(write(entry(3)));
        assertThat(await(engine.stamps(store, Set.of(A)))).containsOnlyKeys(A);
        assertThat(await(engine.stamps(store, Set.of(A))).get(A)).isNotIn(entry(1).stamp(), entry(3).stamp());
    }

    @Test
    @DisplayName("when Pinecone is busy, the answer says for how long, and what it has no room for is not sent before")
    void busy() {
        standIn.fail("/query", Fault.BUSY);
        Refusal.Unavailable refusal = unavailable(search());
        assertThat(refusal.code()).isEqualTo("engine.busy");
        assertThat(refusal.retryAfter()).isEqualTo(Duration.ofSeconds(7));
        standIn.requests();
        Refusal.Unavailable second = unavailable(search());
        assertThat(second.code()).isEqualTo("engine.busy");
        assertThat(second.retryAfter()).isBetween(Duration.ofMillis(1), Duration.ofSeconds(7));
        assertThat(standIn.requests()).isEmpty();
        assertThat(await(engine.stamps(store, Set.of(A)))).isEmpty();
    }

    @Test
    @DisplayName("a store that does not exist is said to be gone, in every request, and is not made by a write")
    void gone() {
        await(engine.drop(store));
        await(engine.drop(store));
        List<Uni<?>> requests = List.of(
                search(),
                write(entry(1)),
                engine.size(store),
                engine.stamps(store, null, 10),
                engine.stamps(store, Set.of(A)));
        requests.forEach(request -> assertThatThrownBy(() -> await(request)).isInstanceOf(StoreGone.class));
        assertThat(await(engine.stores())).isEmpty();
    }

    @Test
    @DisplayName("a server that is not there is away, and its name is said")
    void nobody() {
        standIn.close();
        PineconeEngine lost = new PineconeEngine(
                PineconeFixture.VERTX, PineconeSettings.of(List.of("http://localhost:1"), StandIn.KEY));
        assertThat(unavailable(lost.size(store)).detail()).startsWith("Pinecone is away.");
        lost.close();
    }

    @Test
    @DisplayName("a collection that no index fits is refused, with what there is")
    void unfit() {
        Shape other = new Shape(Language.NONE, Metric.DOT, 384);
        assertThatThrownBy(() -> await(engine.requireFitting(other)))
                .isInstanceOfSatisfying(Refusal.Rejected.class, refusal -> assertThat(refusal.violations())
                        .singleElement()
                        .satisfies(violation -> {
                            assertThat(violation.code()).isEqualTo("engine.unfit");
                            assertThat(violation.message())
                                    .contains("dimension 384 and metric dotproduct", "dimension 2, metric cosine");
                        }));
        await(engine.requireFitting(store.shape()));
    }

    @Test
    @DisplayName("a query that demands words is the caller's mistake")
    void demands() {
        CandidateQuery query = new CandidateQuery(
                null, Vector.of(1, 1), SearchText.plain("word").clauses(), Filter.EVERYTHING, 10);
        assertThatThrownBy(() -> engine.search(store, query)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @DisplayName("a wrong key is named as the reason, and the key is in no sentence and in no description")
    void keepsTheKey(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("key"), "pcsk_wrong_key_from_file\n");
        PineconeEngine wrong =
                new PineconeEngine(PineconeFixture.VERTX, settings.withKey(Optional.empty(), Optional.of(file)));
        assertThat(unavailable(wrong.size(store)).detail()).isEqualTo("Pinecone refuses the API key, with status 401.");
        assertThat(wrong.toString()).doesNotContain("pcsk").contains("localhost");
        wrong.close();
        standIn.fail("/query", Fault.TALKATIVE);
        assertThat(unavailable(search()).detail()).contains("400", "***").doesNotContain(StandIn.KEY);
    }

    @Test
    @DisplayName("without a host or a key, the engine does not start, and says which setting is missing")
    void incomplete() {
        PineconeSettings noKey = settings.withKey(Optional.empty(), Optional.empty());
        assertThatThrownBy(() -> new PineconeEngine(PineconeFixture.VERTX, noKey))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("tandem.engine.pinecone.api-key");
        PineconeSettings brokenKey = settings.withKey(Optional.of("pcsk_secret\nsecond"), Optional.empty());
        assertThatThrownBy(() -> new PineconeEngine(PineconeFixture.VERTX, brokenKey))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("secret");
        PineconeSettings noHost = PineconeSettings.of(List.of(), StandIn.KEY);
        assertThatThrownBy(() -> new PineconeEngine(PineconeFixture.VERTX, noHost))
                .hasMessageContaining("tandem.engine.pinecone.hosts");
    }
}
