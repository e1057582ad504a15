package dev.tandem.repository;

import static dev.tandem.testing.Waiting.PATIENCE;
import static dev.tandem.testing.Waiting.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tandem.database.session.UnitOfWork;
import dev.tandem.domain.change.Change;
import dev.tandem.domain.change.ChangeKind;
import dev.tandem.domain.change.Position;
import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.error.Refusal;
import dev.tandem.service.IndexingService;
import dev.tandem.testing.CollectionSamples;
import dev.tandem.testing.Database;
import dev.tandem.testing.World;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ChangeRepositoryComponentTest {

    private static final String LATE_DOCUMENT = """
            insert into document (id, collection_id, key, content, metadata, content_hash, version, created_at, updated_at)
            values (?, ?, 'late', 'everywhere late', '{}', '', 1, now(), now())
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
    World world;

    private Collection owner;

    @BeforeEach
    void addCollection() {
        owner = world.collection(CollectionSamples.ownVectors(2));
    }

    @Test
    void tellsWhetherATransactionWasCommitted() throws SQLException {
        UUID document = UUID.randomUUID();
        long sequence = get(unitOfWork.write(() -> changes.append(owner.id(), List.of(document), ChangeKind.SAVED)));
        assertThat(get(unitOfWork.read(() -> changes.isCommitted(sequence)))).isTrue();
        try (Connection open = Database.connect()) {
            open.setAutoCommit(false);
            long other;
            try (var statement = open.createStatement();
                    var row = statement.executeQuery("select cast(cast(pg_current_xact_id() as text) as bigint)")) {
                row.next();
                other = row.getLong(1);
            }
            assertThatThrownBy(() -> get(unitOfWork.read(() -> changes.isCommitted(other))))
                    .isInstanceOf(Refusal.Unavailable.class);
            open.rollback();
            assertThat(get(unitOfWork.read(() -> changes.isCommitted(other)))).isFalse();
        }
    }

    @Test
    void changesComeInTheOrderOfTheirTransactions() {
        UUID first = UUID.randomUUID();
        UUID second = UUID.randomUUID();
        UUID third = UUID.randomUUID();
        long one = append(List.of(first, second), ChangeKind.SAVED);
        long two = append(List.of(third), ChangeKind.DELETED);
        assertThat(two).isGreaterThan(one);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(after(Position.START, 10))
                .extracting(Change::documentId)
                .containsExactly(first, second, third));
        List<Change> all = after(Position.START, 10);
        assertThat(all).isSortedAccordingTo((a, b) -> a.position().compareTo(b.position()));
        assertThat(all)
                .extracting(Change::kind)
                .containsExactly(ChangeKind.SAVED, ChangeKind.SAVED, ChangeKind.DELETED);
        assertThat(all).extracting(change -> change.position().txid()).containsExactly(one, one, two);
        assertThat(after(Position.START, 2)).isEqualTo(all.subList(0, 2));
        assertThat(after(all.get(0).position(), 10)).isEqualTo(all.subList(1, 3));
        assertThat(after(Position.before(two), 10)).isEqualTo(all.subList(2, 3));
        assertThat(after(Position.before(two + 1), 10)).isEmpty();
        assertThat(get(unitOfWork.read(() -> changes.lag(owner.id(), all.get(0).position()))))
                .isEqualTo(2);
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
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(after(Position.START, 10)).hasSize(1));
    }

    /** The log's central promise. A plain "seq > last seen" fails here: the early number would be skipped for good. */
    @Test
    void whatCommitsLateIsNotOvertaken() throws SQLException {
        // An index that is built takes up what it finds, so there must be one already.
        UUID early = world.put(owner, "early", "everywhere early").id();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(world.byWords(owner, "everywhere"))
                .containsExactly(early));
        world.settle(owner);
        Position before = after(Position.START, 10).getLast().position();

        UUID late = UUID.randomUUID();
        try (Connection slow = Database.connect()) {
            slow.setAutoCommit(false);
            Database.execute(slow, LATE_DOCUMENT, late, owner.id());
            Database.execute(slow, LATE_CHANGE, owner.id(), late);

            var quick = world.put(owner, "quick", "everywhere quick");
            long quickSequence = get(indexing.awaitVisible(owner.id(), Long.MAX_VALUE, Duration.ofMillis(500)))
                    ? 0
                    : Database.number(
                            "select max(cast(txid as text)::bigint) from change where document_id = ?", quick.id());
            assertThat(after(before, 10)).isEmpty();
            assertThat(world.byWords(owner, "everywhere")).containsExactly(early);
            assertThat(get(indexing.state(owner.name())).sequence()).isLessThan(quickSequence);
            assertThat(get(indexing.state(owner.name())).lag()).isEqualTo(1);

            slow.commit();
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(after(before, 10))
                    .extracting(Change::documentId)
                    .containsExactly(late, quick.id()));
            assertThat(get(indexing.awaitVisible(owner.id(), quickSequence, PATIENCE)))
                    .isTrue();
            assertThat(world.byWords(owner, "everywhere")).containsExactlyInAnyOrder(early, late, quick.id());
        }
    }

    private long append(List<UUID> ids, ChangeKind kind) {
        return get(unitOfWork.write(() -> changes.append(owner.id(), ids, kind)));
    }

    private List<Change> after(Position position, int limit) {
        return get(unitOfWork.read(
                () -> changes.extent().chain(extent -> changes.after(owner.id(), position, extent.horizon(), limit))));
    }
}
