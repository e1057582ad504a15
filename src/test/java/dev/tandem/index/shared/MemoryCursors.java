package dev.tandem.index.shared;

import dev.tandem.domain.change.Position;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The cursors of one replica without PostgreSQL. Replicas that share the rows see each other's claims. */
public final class MemoryCursors implements Cursors {

    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final AtomicLong FENCES = new AtomicLong();

    private final Map<UUID, Row> rows;
    private final boolean isSlow;
    private final String holder;

    private record Row(@Nullable Cursor cursor, String holder, Instant until, long fence) {

        boolean isHeldBy(long fence) {
            return this.fence == fence && Instant.now().isBefore(until);
        }

        Row renewed(@Nullable Cursor now) {
            return new Row(now, holder, Instant.now().plus(LEASE), fence);
        }

        Row ended() {
            return new Row(cursor, holder, Instant.EPOCH, fence);
        }
    }

    private MemoryCursors(Map<UUID, Row> rows, boolean isSlow) {
        this.rows = rows;
        this.isSlow = isSlow;
        this.holder = UUID.randomUUID().toString();
    }

    public static MemoryCursors create() {
        return new MemoryCursors(new ConcurrentHashMap<>(), false);
    }

    /** Another replica with the same rows. */
    public MemoryCursors another() {
        return new MemoryCursors(rows, false);
    }

    /** Another replica with the same rows, so slow that its claims need to be renewed before it has done anything. */
    public MemoryCursors slow() {
        return new MemoryCursors(rows, true);
    }

    /** The same when the claims of all replicas have ended, as they do some time after a crash. */
    public MemoryCursors afterTheClaims() {
        rows.replaceAll((id, row) -> row.ended());
        return another();
    }

    /** The same as it is now, to be restored later. */
    public MemoryCursors copy() {
        return new MemoryCursors(new ConcurrentHashMap<>(rows), false);
    }

    @Override
    public Uni<Optional<Cursor>> find(UUID collectionId) {
        return Uni.createFrom()
                .item(() -> Optional.ofNullable(rows.get(collectionId)).map(Row::cursor));
    }

    @Override
    public Uni<Set<UUID>> collections() {
        return Uni.createFrom().item(() -> rows.entrySet().stream()
                .filter(entry -> entry.getValue().cursor != null)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet()));
    }

    @Override
    public Uni<Optional<Claim>> claim(UUID collectionId, long newest) {
        return Uni.createFrom().item(() -> {
            Row row = rows.compute(collectionId, (id, present) -> {
                if (present == null) {
                    return new Row(null, holder, Instant.now().plus(LEASE), FENCES.incrementAndGet());
                }
                if (Instant.now().isBefore(present.until) && !present.holder.equals(holder)) {
                    return present;
                }
                Cursor cursor = present.cursor;
                if (cursor != null && present.fence < newest) {
                    cursor = new Cursor(cursor.store(), Position.UNKNOWN);
                } else if (Instant.now().isBefore(present.until)) {
                    return present.renewed(cursor);
                }
                return new Row(cursor, holder, Instant.now().plus(LEASE), FENCES.incrementAndGet());
            });
            return row.holder.equals(holder) ? Optional.of(claim(row)) : Optional.empty();
        });
    }

    private Claim claim(Row row) {
        Claim claim = Claim.of(row.fence, row.until.minus(LEASE), LEASE, Optional.ofNullable(row.cursor));
        return isSlow ? new Claim(claim.fence(), Instant.EPOCH, claim.until(), claim.cursor()) : claim;
    }

    @Override
    public Uni<Boolean> advance(UUID collectionId, long fence, Position from, Position reached) {
        return change(collectionId, fence, row -> {
            Cursor cursor = row.cursor;
            return cursor != null && cursor.position().equals(from)
                    ? row.renewed(new Cursor(cursor.store(), reached))
                    : null;
        });
    }

    @Override
    public Uni<Boolean> show(UUID collectionId, long fence, Cursor cursor) {
        return change(collectionId, fence, row -> row.renewed(cursor));
    }

    @Override
    public Uni<Void> renew(Set<UUID> collectionIds) {
        return Uni.createFrom().item(() -> {
            collectionIds.forEach(id -> rows.computeIfPresent(
                    id,
                    (same, row) -> row.holder.equals(holder) && Instant.now().isBefore(row.until)
                            ? row.renewed(row.cursor)
                            : row));
            return null;
        });
    }

    @Override
    public Uni<Void> release(UUID collectionId, long fence) {
        return change(collectionId, fence, Row::ended).replaceWithVoid();
    }

    @Override
    public Uni<Void> delete(UUID collectionId) {
        return Uni.createFrom().item(() -> rows.remove(collectionId)).replaceWithVoid();
    }

    private interface Change {
        @Nullable
        Row of(Row row);
    }

    private Uni<Boolean> change(UUID collectionId, long fence, Change change) {
        return Uni.createFrom().item(() -> {
            boolean[] isDone = new boolean[1];
            rows.computeIfPresent(collectionId, (id, row) -> {
                Row changed = row.isHeldBy(fence) ? change.of(row) : null;
                isDone[0] = changed != null;
                return changed == null ? row : changed;
            });
            return isDone[0];
        });
    }
}
