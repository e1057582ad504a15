package dev.tandem.repository;

import static dev.tandem.testing.Waiting.PATIENCE;
import static dev.tandem.testing.Waiting.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tandem.database.session.UnitOfWork;
import dev.tandem.domain.change.Change;
import dev.tandem.domain.change.ChangeKind;
import dev.tandem.domain.change.LogSlice;
import dev.tandem.domain.change.Position;
import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.document.Document;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.service.index.ChangeLog;
import dev.tandem.service.index.IndexingService;
import dev.tandem.testing.CollectionSamples;
import dev.tandem.testing.Database;
import dev.tandem.testing.Thorough;
import dev.tandem.testing.World;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class ChangeRepositoryComponentTest {

    private static final String LATE_DOCUMENT = """
            insert into document (id, collection_id, key, content, metadata, content_hash, version, text_version,
                                  created_at, updated_at)
            values (?, ?, 'late', 'everywhere late', '{}', '', 1, 1, now(), now())
            """;
    private static final String LATE_CHANGE =
            "insert into change (collection_id, document_id, kind) values (?, ?, 'SAVED')";

    @Inject
    UnitOfWork unitOfWork;

    @Inject
    ChangeRepository changes;

    @Inject
    IndexingService indexing;

    @Inject
    ChangeLog log;

    @Inject
    World world;

    private Collection owner;

    @BeforeEach
    void addCollection() {
        // The service starts to follow in the background, and then adopts a new log.
        get(log.end());
        owner = world.collection(CollectionSamples.ownVectors(2));
    }

    @Test
    void tellsWhetherATransactionWasCommitted() throws SQLException {
        UUID document = UUID.randomUUID();
        long sequence = get(unitOfWork.write(() -> changes.append(owner.id(), List.of(document), ChangeKind.SAVED)));
        assertThat(get(unitOfWork.read(() -> changes.isCommitted(sequence, document))))
                .isTrue();
        assertThat(get(unitOfWork.read(() -> changes.isCommitted(sequence, UUID.randomUUID()))))
                .as("a transaction that got the same id after a crash")
                .isFalse();
        try (Connection open = Database.connect()) {
            open.setAutoCommit(false);
            long other = Database.transactionOf(open);
            assertThatThrownBy(() -> get(unitOfWork.read(() -> changes.isCommitted(other, document))))
                    .isInstanceOf(Refusal.Unavailable.class);
            open.rollback();
            assertThat(get(unitOfWork.read(() -> changes.isCommitted(other, document))))
                    .isFalse();
        }
        assertThat(get(unitOfWork.write(() -> changes.isCommitted(sequence + 1_000_000, document))))
                .as("an id that a crash has taken back, and that was not given out again yet")
                .isFalse();
    }

    @Test
    void changesComeInTheOrderOfTheirTransactions() {
        UUID first = UUID.randomUUID();
        UUID second = UUID.randomUUID();
        UUID third = UUID.randomUUID();
        long one = append(List.of(first, second), ChangeKind.SAVED);
        long two = append(List.of(third), ChangeKind.DELETED);
        assertThat(two).isGreaterThan(one);
        LogSlice whole = slice(Position.START, 10);
        List<Change> all = whole.changes();
        assertThat(all).extracting(Change::documentId).containsExactly(first, second, third);
        assertThat(all)
                .extracting(Change::kind)
                .containsExactly(ChangeKind.SAVED, ChangeKind.SAVED, ChangeKind.DELETED);
        assertThat(all).extracting(Change::txid).containsExactly(one, one, two);
        assertThat(all).extracting(Change::seq).isSorted();
        assertThat(whole.isAll()).isTrue();
        assertThat(whole.reached().shows(two)).isTrue();
        assertThat(slice(whole.reached(), 10).changes()).isEmpty();

        LogSlice part = slice(Position.START, 1);
        assertThat(part.isAll()).isFalse();
        assertThat(part.reached().shows(one)).isFalse();
        assertThat(part.changes()).isEqualTo(all.subList(0, 1));
        assertThat(slice(part.reached(), 10).changes()).isEqualTo(all.subList(1, 3));
        assertThat(lag(part.reached())).isEqualTo(2);
        assertThat(lag(whole.reached())).isZero();
    }

    @Test
    void whatIsRolledBackHasNeverHappened() {
        assertThat(get(unitOfWork
                        .<Long>write(() -> changes.append(owner.id(), List.of(UUID.randomUUID()), ChangeKind.SAVED)
                                .chain(() -> {
                                    throw new IllegalStateException();
                                }))
                        .onFailure(IllegalStateException.class)
                        .recoverWithItem(-1L)))
                .isEqualTo(-1);
        append(List.of(UUID.randomUUID()), ChangeKind.SAVED);
        assertThat(slice(Position.START, 10).changes()).hasSize(1);
    }

    /** The log's central promise. A plain "seq > last seen" fails here: the early number would be skipped for good. */
    @Thorough
    @Test
    void whatCommitsLateIsNotOvertakenAndHoldsNobodyUp() throws SQLException {
        // An index that is built takes over what it finds, so one must exist.
        UUID early = world.put(owner, "early", "everywhere early").id();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(world.byWords(owner, "everywhere"))
                .containsExactly(early));
        world.settle(owner);
        Position before = slice(Position.START, 10).reached();

        UUID late = UUID.randomUUID();
        try (Connection slow = Database.connect()) {
            slow.setAutoCommit(false);
            Database.execute(slow, LATE_DOCUMENT, late, owner.id());
            Database.execute(slow, LATE_CHANGE, owner.id(), late);
            long lateSequence = Database.transactionOf(slow);

            UUID quick = world.put(owner, "quick", "everywhere quick").id();
            LogSlice first = slice(before, 10);
            assertThat(first.changes()).extracting(Change::documentId).containsExactly(quick);
            assertThat(first.reached().pending()).containsKey(lateSequence);
            long quickSequence = first.changes().getLast().txid();
            assertThat(quickSequence).isGreaterThan(lateSequence);
            assertThat(get(indexing.awaitVisible(owner.id(), quickSequence, PATIENCE)))
                    .isTrue();
            assertThat(get(indexing.awaitVisible(owner.id(), lateSequence, Duration.ZERO)))
                    .isFalse();
            assertThat(world.byWords(owner, "everywhere")).containsExactlyInAnyOrder(early, quick);

            slow.commit();
            assertThat(slice(first.reached(), 10).changes())
                    .extracting(Change::documentId)
                    .containsExactly(late);
            assertThat(get(indexing.awaitVisible(owner.id(), lateSequence, PATIENCE)))
                    .isTrue();
            assertThat(world.byWords(owner, "everywhere")).containsExactlyInAnyOrder(early, late, quick);
        }
    }

    /** Snapshots cover the whole cluster, so transactions of other databases count as running too. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aTransactionOfSomebodyElseHoldsNoIndexUp(boolean isInAnotherDatabase) throws SQLException {
        try (Connection foreign = isInAnotherDatabase ? Database.connectTo("template1") : Database.connect()) {
            foreign.setAutoCommit(false);
            long open = Database.transactionOf(foreign);
            Document written = world.put(owner, "key", "everywhere");
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(world.byWords(owner, "everywhere"))
                    .containsExactly(written.id()));
            assertThat(get(indexing.state(owner.name())).sequence()).isGreaterThan(open);
            assertThat(get(indexing.state(owner.name())).lag()).isZero();
            foreign.rollback();
        }
    }

    /** A restore removes the newest changes, and other changes get their numbers. */
    @Test
    void aLogThatWentBackIsNotReadOn() throws SQLException {
        append(List.of(UUID.randomUUID()), ChangeKind.SAVED);
        Position reached = slice(Position.START, 10).reached();
        assertThat(slice(reached, 10).isConnected()).isTrue();
        Position restored =
                new Position(reached.origin(), reached.txid(), reached.at() - 1, Position.ALL, new TreeMap<>());
        assertThat(slice(restored, 10).isConnected())
                .as("another transaction of the same id")
                .isFalse();
        Position ahead = new Position(reached.origin(), reached.txid() + 1_000_000, 0, Position.ALL, new TreeMap<>());
        assertThat(slice(ahead, 10).isConnected())
                .as("a transaction that is yet to come")
                .isFalse();
        Position promoted =
                new Position("another timeline", reached.txid(), reached.at(), Position.ALL, new TreeMap<>());
        assertThat(slice(promoted, 10).isConnected()).as("another timeline").isFalse();
        assertThat(get(unitOfWork.read(() -> changes.news(promoted))).isConnected())
                .isFalse();
    }

    @Thorough
    @Test
    void aLogOfAnotherClusterIsClearedAndEveryIndexBuiltAnew() throws SQLException {
        Document document = world.put(owner, "key", "everywhere");
        world.settle(owner);
        Position before = slice(Position.START, 10).reached();
        assertThat(get(log.end()).origin()).isEqualTo(before.origin());
        assertThat(slice(before, 10).isConnected()).isTrue();
        Position elsewhere = new Position(before.origin(), 8_999_999_999_999_999L, 1, Position.ALL, new TreeMap<>());
        assertThat(get(unitOfWork.read(() -> changes.lag(owner.id(), elsewhere))))
                .as("nothing of this log has been seen from there")
                .isEqualTo(Database.number("select count(*) from change where collection_id = ?", owner.id()));
        // The result of restoring a dump: the row, a change from the distant future, and the name of the cluster that
        // the dump came from.
        Database.execute("update document set content = 'everywhere restored' where id = ?", document.id());
        Database.execute(
                "insert into change (txid, collection_id, document_id, kind) values ('9000000000000000', ?, ?, 'SAVED')",
                owner.id(),
                document.id());
        Database.execute("update index_cursor set holder = 'elsewhere' where name = 'origin'");
        get(log.end());
        assertThat(Database.number("select count(*) from change where txid = '9000000000000000'"))
                .isZero();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(world.byWords(owner, "restored"))
                .containsExactly(document.id()));
        world.put(owner, "key", "everywhere after");
        world.settle(owner);
        assertThat(world.byWords(owner, "after")).containsExactly(document.id());
    }

    @Test
    void pruningKeepsTheNewestChangeAndTellsWhoMissesSomething() throws SQLException {
        append(List.of(UUID.randomUUID()), ChangeKind.SAVED);
        Position early = slice(Position.START, 10).reached();
        Collection idle = world.collection(CollectionSamples.ownVectors(2));
        append(List.of(UUID.randomUUID()), ChangeKind.SAVED);
        append(List.of(UUID.randomUUID()), ChangeKind.SAVED);
        Position late = slice(early, 10).reached();
        get(log.prune(Duration.ZERO));
        assertThat(slice(early, 10).isConnected())
                .as("changes it has not seen are gone")
                .isFalse();
        assertThat(get(unitOfWork.read(() -> changes.after(idle.id(), early, 10)))
                        .isConnected())
                .as("no change of this collection is gone")
                .isTrue();
        assertThat(slice(late, 10).changes()).isEmpty();
    }

    private long append(List<UUID> ids, ChangeKind kind) {
        return get(unitOfWork.write(() -> changes.append(owner.id(), ids, kind)));
    }

    private LogSlice slice(Position position, int limit) {
        return get(unitOfWork.read(() -> changes.after(owner.id(), position, limit)));
    }

    private long lag(Position position) {
        return get(unitOfWork.read(() -> changes.lag(owner.id(), position)));
    }
}
