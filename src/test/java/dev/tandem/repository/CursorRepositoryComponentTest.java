package dev.tandem.repository;

import static dev.tandem.testing.Waiting.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.database.session.UnitOfWork;
import dev.tandem.domain.change.Position;
import dev.tandem.repository.CursorRepository.Lease;
import dev.tandem.repository.CursorRepository.Name;
import dev.tandem.repository.CursorRepository.Standing;
import dev.tandem.repository.CursorRepository.Taken;
import dev.tandem.testing.Database;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class CursorRepositoryComponentTest {

    private static final Duration LEASE = Duration.ofMinutes(5);
    private static final Position REACHED = new Position("log", 7, 1, Position.ALL, new TreeMap<>());

    @Inject
    UnitOfWork unitOfWork;

    @Inject
    CursorRepository cursors;

    private final Name name = new Name("tested", UUID.randomUUID());

    @AfterEach
    void delete() {
        get(unitOfWork.write(() -> cursors.delete(name)));
    }

    @Test
    void oneReplicaAtATimeHoldsTheLease() {
        long fence = claim("one").orElseThrow().fence();
        assertThat(claim("other")).isEmpty();
        assertThat(claim("one").orElseThrow().fence()).as("renewed").isEqualTo(fence);
        release("other", fence);
        assertThat(claim("other")).isEmpty();
        release("one", fence);
        assertThat(claim("other").orElseThrow().fence()).isGreaterThan(fence);
    }

    @Test
    void aLeaseIsRenewedForItsHolderAloneAndOnlyWhileItLasts() throws SQLException {
        claim("one");
        expireIn(60);
        renew("other");
        assertThat(secondsLeft()).isLessThanOrEqualTo(60);
        renew("one");
        assertThat(secondsLeft()).isGreaterThan(60);
        expireIn(-1);
        renew("one");
        assertThat(secondsLeft()).isNegative();
    }

    private void renew(String holder) {
        get(unitOfWork.write(() -> cursors.renew(Set.of(name), holder, LEASE)));
    }

    private void expireIn(int seconds) throws SQLException {
        Database.execute(
                "update index_cursor set lease_until = now() + make_interval(secs => ?) where name = ?",
                seconds,
                row());
    }

    private long secondsLeft() throws SQLException {
        return Database.number(
                "select cast(extract(epoch from lease_until - now()) as bigint) from index_cursor where name = ?",
                row());
    }

    private String row() {
        return "engine/tested/" + name.collectionId();
    }

    @Test
    void onlyTheHolderMovesThePositionAndOnlyFromWhereItIs() {
        long fence = claim("one").orElseThrow().fence();
        assertThat(show("one", fence)).isTrue();
        assertThat(advance("one", fence, REACHED)).isFalse();
        assertThat(advance("other", fence, Position.START)).isFalse();
        assertThat(advance("one", fence - 1, Position.START)).isFalse();
        assertThat(advance("one", fence, Position.START)).isTrue();
        assertThat(get(unitOfWork.read(() -> cursors.find(name))).orElseThrow().position())
                .isEqualTo(REACHED);
    }

    /** An engine refuses what comes under a smaller fence than it has seen, and a restore of the rows' database does not reach it. */
    @Test
    void aFenceIsGreaterThanThoseThatARestoreHasUndone() throws SQLException {
        long before = claim("one").orElseThrow().fence();
        long seen = before;
        for (int i = 0; i < 5; i++) {
            release("one", seen);
            seen = claim("one").orElseThrow().fence();
        }
        Database.execute("update index_cursor set fence = ?, lease_until = null where name = ?", before, row());
        assertThat(claim("one").orElseThrow().fence()).isGreaterThan(seen);
    }

    @Test
    void aFenceThatTheRowHasForgottenLeavesTheIndexNowhere() {
        long fence = claim("one").orElseThrow().fence();
        show("one", fence);
        Taken known = claim("one", fence).orElseThrow();
        assertThat(known.fence()).isEqualTo(fence);
        assertThat(known.standing().orElseThrow().position()).isEqualTo(Position.START);
        Taken forgotten = claim("one", fence + 1_000_000).orElseThrow();
        assertThat(forgotten.fence()).isGreaterThan(fence + 1_000_000);
        assertThat(forgotten.standing().orElseThrow().position()).isEqualTo(Position.UNKNOWN);
        assertThat(get(unitOfWork.read(() -> cursors.find(name))).orElseThrow().position())
                .isEqualTo(Position.UNKNOWN);
    }

    private Optional<Taken> claim(String holder) {
        return claim(holder, 0);
    }

    private Optional<Taken> claim(String holder, long newest) {
        return get(unitOfWork.write(() -> cursors.claim(name, holder, LEASE, newest)));
    }

    private void release(String holder, long fence) {
        get(unitOfWork.write(() -> cursors.release(name, new Lease(holder, fence, LEASE))));
    }

    private boolean show(String holder, long fence) {
        return get(unitOfWork.write(
                () -> cursors.show(name, new Lease(holder, fence, LEASE), new Standing("b", "shape", Position.START))));
    }

    private boolean advance(String holder, long fence, Position from) {
        return get(unitOfWork.write(() -> cursors.advance(name, new Lease(holder, fence, LEASE), from, REACHED)));
    }
}
