package dev.tandem.service.index;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How the indexes of this replica keep up with the rows. Kept in memory, so that looking costs nothing. */
@ApplicationScoped
public class IndexProgress {

    /** When each collection with unseen changes came to have them. */
    private final Map<UUID, Long> behindSince = new HashMap<>();

    private final Set<UUID> building = new HashSet<>();
    private final Set<UUID> failing = new HashSet<>();

    /** Collections of the first look whose first catch-up has not ended; null before that look. */
    private @Nullable Set<UUID> expected;

    private long lookedAt = System.nanoTime();

    /** Readable as one state. */
    public record Snapshot(boolean hasLooked, int starting, int lagging, int failing, int building) {

        /** Whether searches here show what the rows said a bounded time ago. */
        public boolean isCaughtUp() {
            return hasLooked && starting == 0 && lagging == 0;
        }
    }

    /** The log has been looked at. */
    public synchronized void looked() {
        lookedAt = System.nanoTime();
    }

    /** All collections there are, at the first look. */
    public synchronized void began(Set<UUID> collectionIds) {
        if (expected == null) {
            expected = new HashSet<>(collectionIds);
        }
    }

    /** A collection has changes that its index may not show. */
    public synchronized void behind(UUID collectionId) {
        behindSince.putIfAbsent(collectionId, System.nanoTime());
    }

    /** An index has come to the end of the log, as it was when the last batch was read. */
    public synchronized void caughtUp(UUID collectionId) {
        behindSince.remove(collectionId);
        failing.remove(collectionId);
        started(collectionId);
    }

    /** An index could not follow, and will be tried again. */
    public synchronized void failed(UUID collectionId) {
        failing.add(collectionId);
        started(collectionId);
    }

    /** The work builds the index of a collection, which says nothing about how well this replica follows. */
    <T> Uni<T> building(UUID collectionId, Uni<T> work) {
        return Uni.createFrom().deferred(() -> {
            note(building, collectionId, true);
            return work.onTermination().invoke(() -> note(building, collectionId, false));
        });
    }

    /** Whether the index of a collection is being built, beside the one that serves if there is one. */
    synchronized boolean isBuilding(UUID collectionId) {
        return building.contains(collectionId);
    }

    private synchronized void note(Set<UUID> ids, UUID collectionId, boolean isIn) {
        if (isIn) {
            ids.add(collectionId);
        } else {
            ids.remove(collectionId);
        }
    }

    private void started(UUID collectionId) {
        if (expected != null) {
            expected.remove(collectionId);
        }
    }

    /**
     * The state now. An index lags when it has been behind for longer than {@code bound}. One that fails or is being built is not counted
     * as lagging: it is its collection's trouble, most likely on every replica, and says so in searches.
     */
    public synchronized Snapshot snapshot(Duration bound) {
        long now = System.nanoTime();
        int lagging = (int) behindSince.entrySet().stream()
                .filter(entry -> now - entry.getValue() > bound.toNanos())
                .filter(entry -> !failing.contains(entry.getKey()) && !building.contains(entry.getKey()))
                .count();
        boolean hasLooked = expected != null && now - lookedAt <= bound.toNanos();
        return new Snapshot(
                hasLooked, expected == null ? 0 : expected.size(), lagging, failing.size(), building.size());
    }
}
