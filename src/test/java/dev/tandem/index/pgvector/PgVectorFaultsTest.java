package dev.tandem.index.pgvector;

import static dev.tandem.index.EngineFixture.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.domain.collection.Language;
import dev.tandem.domain.embedding.Metric;
import dev.tandem.domain.embedding.Vector;
import dev.tandem.domain.metadata.Filter;
import dev.tandem.domain.metadata.Metadata;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.domain.search.SearchText.Clause;
import dev.tandem.domain.search.SearchText.Kind;
import dev.tandem.domain.search.SearchText.Occur;
import dev.tandem.index.CandidateQuery;
import dev.tandem.index.Entries;
import dev.tandem.index.IndexEntry;
import dev.tandem.index.IndexSize;
import dev.tandem.index.Shape;
import dev.tandem.index.shared.Claim;
import dev.tandem.index.shared.Found;
import dev.tandem.index.shared.Store;
import dev.tandem.testing.FaultProxy;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When the server is away, slow, busy or talks nonsense, each request ends in time and says so, and nothing is half done. */
class PgVectorFaultsTest {

    private static final Vector HERE = Vector.of(1, 0);
    private static final Map<String, String> IMPATIENT = Map.of(
            "search-timeout",
            "4s",
            "write-timeout",
            "4s",
            "lock-timeout",
            "1s",
            "queue-timeout",
            "10s",
            "connect-timeout",
            "2s",
            "search-connections",
            "2",
            "write-connections",
            "2",
            "queue",
            "4");

    private final Store store = new Store(UUID.randomUUID(), "1xtest", new Shape(Language.NONE, Metric.COSINE, 2));

    private FaultProxy proxy;
    private PgVectorEngine engine;

    @BeforeEach
    void open() throws IOException {
        proxy = new FaultProxy(PgVectorServer.options().getPort());
        engine = PgVectorServer.engineBy(proxy.port(), IMPATIENT);
        await(engine.create(store));
        await(write(1, entries(10)));
    }

    @AfterEach
    void close() {
        if (proxy != null) {
            engine.close();
            proxy.close();
            PgVectorEngine direct = PgVectorServer.engine(Map.of());
            await(direct.drop(store));
            direct.close();
        }
    }

    private static List<IndexEntry> entries(int count) {
        return Stream.generate(() -> Entries.entry(UUID.randomUUID(), "title", null, Metadata.EMPTY, HERE, HERE))
                .limit(count)
                .toList();
    }

    private Uni<Void> write(long counter, List<IndexEntry> saved) {
        return engine.write(store, Claim.version(1, counter), saved, Set.of());
    }

    private Uni<Found> search() {
        return engine.search(store, new CandidateQuery(null, HERE, List.of(), Filter.EVERYTHING, 100));
    }

    private static void assertRefused(String code, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(Refusal.Unavailable.class, refusal -> {
            assertThat(refusal.code()).isEqualTo(code);
            assertThat(refusal.detail()).startsWith("pgvector ");
            assertThat(refusal.retryAfter()).isPositive();
        });
    }

    private void assertAway() {
        assertRefused("engine.unavailable", () -> await(search()));
        assertRefused("engine.unavailable", () -> await(write(9, entries(1))));
        assertRefused("engine.unavailable", () -> await(engine.size(store)));
        assertRefused("engine.unavailable", () -> await(engine.stamps(store, null, 10)));
        assertRefused("engine.unavailable", () -> await(engine.stores()));
        assertRefused("engine.unavailable", () -> await(engine.drop(store)));
    }

    @Test
    @DisplayName("a server that refuses connections is away, and used again when it is back")
    void refusing() {
        proxy.refuse();
        Awaitility.await().untilAsserted(this::assertAway);
        proxy.heal();
        assertThat(await(search()).byVector()).hasSize(10);
        await(write(10, entries(1)));
        assertThat(await(engine.size(store))).isEqualTo(new IndexSize(11, 22));
    }

    @Test
    @DisplayName("a network that drops everything holds nobody up for longer than a statement may take")
    void silent() {
        proxy.silence();
        long begin = System.nanoTime();
        assertRefused("engine.unavailable", () -> await(search()));
        assertRefused("engine.unavailable", () -> await(write(2, entries(1))));
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(25));
        proxy.heal();
        Awaitility.await()
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(await(search()).byVector()).hasSizeGreaterThanOrEqualTo(10));
    }

    @Test
    @DisplayName("a slow server is waited for")
    void slow() {
        proxy.delay(Duration.ofMillis(100));
        assertThat(await(search()).byVector()).hasSize(10);
        await(write(2, entries(5)));
        assertThat(await(engine.size(store)).documents()).isEqualTo(15);
    }

    @Test
    @DisplayName("more searches than may wait are refused as busy, and the others are answered")
    void crowded() {
        await(search());
        proxy.delay(Duration.ofMillis(100));
        List<Throwable> refused = new ArrayList<>();
        List<Uni<Integer>> searches = IntStream.range(0, 20)
                .mapToObj(i -> search().map(found -> found.byVector().size())
                        .onFailure()
                        .recoverWithItem(failure -> {
                            synchronized (refused) {
                                refused.add(failure);
                            }
                            return -1;
                        }))
                .toList();
        assertThat(await(Uni.join().all(searches).andFailFast()))
                .contains(10, -1)
                .containsOnly(10, -1);
        assertThat(refused)
                .allSatisfy(failure -> assertRefused("engine.busy", () -> {
                    throw failure;
                }));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 20, 60, 150, 300, 600})
    @DisplayName("a write that is cut off in the middle is whole or nothing, and whole when it is repeated")
    void cutInTheMiddle(int millis) throws InterruptedException {
        List<IndexEntry> many = entries(1_200);
        var written = write(2, many).subscribeAsCompletionStage();
        Thread.sleep(millis); // so that the cut comes at different places
        proxy.cut();
        Awaitility.await().until(written::isDone);
        PgVectorEngine direct = PgVectorServer.engine(Map.of());
        Awaitility.await().untilAsserted(() -> assertThat(await(direct.size(store)))
                .isIn(new IndexSize(10, 20), new IndexSize(1_210, 2_420)));
        Awaitility.await()
                .ignoreExceptionsInstanceOf(Refusal.class)
                .until(() -> await(write(2, many).replaceWith(true)));
        assertThat(await(direct.size(store))).isEqualTo(new IndexSize(1_210, 2_420));
        direct.close();
    }

    @Test
    @DisplayName("backends that are ended by the server's operator are replaced")
    void terminated() throws SQLException {
        await(search());
        try (Connection connection = PgVectorServer.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("select pg_terminate_backend(pid) from pg_stat_activity where query like '%"
                    + Tables.of(store).chunks() + "%' and pid <> pg_backend_pid()");
        }
        Awaitility.await()
                .ignoreExceptionsInstanceOf(Refusal.Unavailable.class)
                .untilAsserted(() -> assertThat(await(search()).byVector()).hasSize(10));
    }

    @Test
    @DisplayName("a new holder does not wait for ever for an old one that was paused in the middle of a write")
    void pausedHolder() throws SQLException {
        try (Connection paused = PgVectorServer.connect();
                Statement statement = paused.createStatement()) {
            paused.setAutoCommit(false);
            statement.execute(
                    "set search_path = " + PgVectorServer.config(Map.of()).schema());
            statement.execute("select 1 from store where name = '" + store.name() + "' for share");
            Uni<Void> next = engine.write(store, Claim.version(2, 1), entries(1), Set.of());
            assertRefused("engine.busy", () -> await(next));
            paused.rollback();
            await(next);
        }
        assertThat(await(engine.size(store)).documents()).isEqualTo(11);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "N", "HTTP/1.1 400 Bad Request\r\n\r\n", "R\0\0\0\b\0\0\0\0Z\0\0\0\5Iz"})
    @DisplayName("a server that talks nonsense, or hangs up in the middle, is away")
    void nonsense(String answer) {
        NetServer server = PgVectorServer.vertx()
                .createNetServer()
                .connectHandler(socket -> socket.handler(request ->
                        socket.write(Buffer.buffer(answer, "ISO-8859-1")).onComplete(done -> socket.close())));
        int port = await(Uni.createFrom()
                        .completionStage(server.listen(0, "127.0.0.1").toCompletionStage()))
                .actualPort();
        PgVectorEngine misled = PgVectorServer.engineBy(port, IMPATIENT);
        assertRefused("engine.unavailable", () -> await(misled.stores()));
        assertRefused("engine.unavailable", () -> await(misled.size(store)));
        misled.close();
        server.close();
    }

    @Test
    @DisplayName("words that a document must have are never ignored")
    void demands() {
        CandidateQuery query = new CandidateQuery(
                null, HERE, List.of(new Clause(Occur.MUST, Kind.WORDS, "word")), Filter.EVERYTHING, 10);
        assertThatThrownBy(() -> await(engine.search(store, query))).isInstanceOf(IllegalArgumentException.class);
    }
}
