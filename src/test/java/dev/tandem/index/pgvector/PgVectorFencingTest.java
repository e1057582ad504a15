package dev.tandem.index.pgvector;

import static dev.tandem.index.EngineFixture.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.domain.collection.Language;
import dev.tandem.domain.embedding.Metric;
import dev.tandem.domain.embedding.Vector;
import dev.tandem.domain.metadata.Filter;
import dev.tandem.domain.metadata.Metadata;
import dev.tandem.domain.search.VectorMatch;
import dev.tandem.index.CandidateQuery;
import dev.tandem.index.Entries;
import dev.tandem.index.IndexEntry;
import dev.tandem.index.IndexSize;
import dev.tandem.index.Shape;
import dev.tandem.index.Stamp;
import dev.tandem.index.shared.Claim;
import dev.tandem.index.shared.Store;
import dev.tandem.index.shared.StoreGone;
import io.smallrye.mutiny.Uni;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
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

/** Late writes change nothing, whatever order they arrive in. */
class PgVectorFencingTest {

    private static final UUID A = UUID.randomUUID();
    private static final UUID B = UUID.randomUUID();
    private static final Vector HERE = Vector.of(1, 0);
    private static final Vector THERE = Vector.of(0, 1);

    private final Store store = new Store(UUID.randomUUID(), "1xtest", new Shape(Language.NONE, Metric.COSINE, 2));

    private PgVectorEngine engine;

    @BeforeEach
    void open() {
        engine = PgVectorServer.engine(Map.of("queue-timeout", "60s", "lock-timeout", "30s"));
        await(engine.create(store));
    }

    @AfterEach
    void close() {
        if (engine != null) {
            await(engine.drop(store));
            engine.close();
        }
    }

    private static IndexEntry at(UUID id, Vector... vectors) {
        return Entries.entry(id, "title", null, Metadata.EMPTY, vectors);
    }

    private void write(long fence, long counter, List<IndexEntry> saved, UUID... gone) {
        await(engine.write(store, Claim.version(fence, counter), saved, Set.of(gone)));
    }

    private List<UUID> near(Vector vector) {
        return await(engine.search(store, new CandidateQuery(null, vector, List.of(), Filter.EVERYTHING, 10)))
                .byVector()
                .stream()
                .filter(match -> match.similarity() > 0.99)
                .map(VectorMatch::documentId)
                .toList();
    }

    private Set<UUID> present() {
        return Set.copyOf(
                await(engine.stamps(store, null, 1_000)).stream().map(Stamp::id).toList());
    }

    @Test
    @DisplayName("a holder whose claim has ended changes nothing, not even documents that its successor did not touch")
    void staleHolder() {
        write(5, 1, List.of(at(A, HERE)));
        write(6, 1, List.of(at(A, THERE)));
        write(5, 2, List.of(at(A, HERE), at(B, HERE)));
        write(5, 3, List.of(), A);
        assertThat(near(THERE)).containsExactly(A);
        assertThat(near(HERE)).isEmpty();
        assertThat(present()).containsExactly(A);
    }

    @Test
    @DisplayName("under one claim, a write that arrives late changes nothing of what a later one has said")
    void lateWrite() {
        write(5, 7, List.of(at(A, THERE)), B);
        write(5, 6, List.of(at(A, HERE, HERE), at(B, HERE)));
        assertThat(near(THERE)).containsExactly(A);
        assertThat(near(HERE)).isEmpty();
        assertThat(await(engine.size(store))).isEqualTo(new IndexSize(1, 1));
        write(5, 7, List.of(at(A, HERE)), B);
        assertThat(near(HERE)).as("the same version again").containsExactly(A);
        write(5, 8, List.of(at(B, HERE)));
        assertThat(near(HERE)).containsExactlyInAnyOrder(A, B);
    }

    @Test
    @DisplayName("a late write still counts for documents of which no later one has said anything")
    void lateForSome() {
        write(5, 7, List.of(at(A, THERE)));
        write(5, 6, List.of(at(A, HERE), at(B, HERE)));
        assertThat(near(HERE)).containsExactly(B);
        assertThat(near(THERE)).containsExactly(A);
    }

    @Test
    @DisplayName("what is gone is remembered under its claim only")
    void forgets() throws SQLException {
        write(5, 1, List.of(at(A, HERE), at(B, HERE)));
        write(5, 2, List.of(), A, UUID.randomUUID());
        assertThat(rows()).isEqualTo(3);
        write(6, 1, List.of(at(UUID.randomUUID())));
        assertThat(rows()).isEqualTo(2);
        write(6, 2, List.of(), B);
        sql("update %s set gone_at = gone_at - interval '59 minutes'");
        write(6, 3, List.of(), UUID.randomUUID());
        assertThat(rows()).isEqualTo(3);
        sql("update %s set gone_at = gone_at - interval '2 minutes' where id = '" + B + "'");
        write(6, 4, List.of(), UUID.randomUUID());
        assertThat(rows()).isEqualTo(3);
    }

    @Test
    @DisplayName("a new holder waits for writes under way, and a store that is dropped takes no more")
    void sideBySide() {
        List<IndexEntry> entries = Stream.generate(() -> at(UUID.randomUUID(), HERE, THERE))
                .limit(400)
                .toList();
        List<Uni<Void>> writes = IntStream.range(0, 40)
                .mapToObj(i -> engine.write(
                        store,
                        Claim.version(1 + i / 10, i),
                        entries.subList(10 * i, 10 * i + 10),
                        Set.of(entries.get((10 * i + 15) % 400).document().id())))
                .toList();
        await(Uni.join().all(writes).andFailFast());
        IndexSize size = await(engine.size(store));
        assertThat(size.documents()).isBetween(90L, 400L).isEqualTo(present().size());
        assertThat(size.chunks()).as("documents are whole").isEqualTo(2 * size.documents());
        await(engine.drop(store));
        assertThatThrownBy(() -> write(9, 1, List.of(at(A, HERE)))).isInstanceOf(StoreGone.class);
        assertThatThrownBy(() -> near(HERE)).isInstanceOf(StoreGone.class);
        assertThatThrownBy(this::present).isInstanceOf(StoreGone.class);
        assertThatThrownBy(() -> await(engine.size(store))).isInstanceOf(StoreGone.class);
    }

    private long rows() throws SQLException {
        try (Connection connection = PgVectorServer.connect();
                Statement statement = connection.createStatement();
                ResultSet count = statement.executeQuery("select count(*) from " + documents())) {
            count.next();
            return count.getLong(1);
        }
    }

    private void sql(String statement) throws SQLException {
        try (Connection connection = PgVectorServer.connect()) {
            connection.createStatement().execute(statement.formatted(documents()));
        }
    }

    private String documents() {
        return PgVectorServer.config(Map.of()).schema() + "." + Tables.of(store).documents();
    }
}
