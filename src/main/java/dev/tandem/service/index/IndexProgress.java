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

/** How well the indexes of this replica keep up with the rows. This is kept in memory, so that reading it costs nothing. */
@ApplicationScoped
public class IndexProgress {

    /** For each collection with changes that its index may not show: since when. */
    private final Map<UUID, Long> behindSince = new HashMap<>();

    private final Set<UUID> building = new HashSet<>();
    private final Set<UUID> failing = new HashSet<>();

    /** The collections whose first catch-up after the start has not ended; null before the first look at the log. */
    private @Nullable Set<UUID> expected;

    private long lookedAt = System.nanoTime();

    /** The counters at one moment. */
    public record Snapshot(boolean hasLooked, int starting, int lagging, int failing, int building) {

        /** Whether searches here show a state of the rows that is at most a limited time old. */
        public boolean isCaughtUp() {
            return hasLooked && starting == 0 && lagging == 0;
        }
    }

    /** The log has been read. */
    public synchronized void looked() {
        lookedAt = System.nanoTime();
    }

    /** Starts with all existing collections, at the first look. */
    public synchronized void began(Set<UUID> collectionIds) {
        if (expected == null) {
            expected = new HashSet<>(collectionIds);
        }
    }

    /** A collection has changes that its index may not show. */
    public synchronized void behind(UUID collectionId) {
        behindSince.putIfAbsent(collectionId, System.nanoTime());
    }

    /** An index has reached the end of the log, as of the last batch that was read. */
    public synchronized void caughtUp(UUID collectionId) {
        behindSince.remove(collectionId);
        failing.remove(collectionId);
        started(collectionId);
    }

    /** An index could not follow the log. It will be tried again. */
    public synchronized void failed(UUID collectionId) {
        failing.add(collectionId);
        started(collectionId);
    }

    /** Marks a collection's index as being built during the work. That does not affect how well this replica follows. */
    <T> Uni<T> building(UUID collectionId, Uni<T> work) {
        return Uni.createFrom().deferred(() -> {
            note(building, collectionId, true);
            return work.onTermination().invoke(() -> note(building, collectionId, false));
        });
    }

    /** Whether the index of a collection is being built. An old index may serve searches meanwhile. */
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
     * The present state. An index lags if it has been behind for longer than {@code bound}. An index that fails or is being built does not
     * count as lagging: this is a problem of its collection, probably on every replica, and the answers of its searches say so.
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
