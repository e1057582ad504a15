package dev.tandem.service.index;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How well the indexes of this replica keep up with the rows. This is kept in memory, so that reading it costs nothing. */
@ApplicationScoped
public class IndexProgress {

    /** For each part with changes that it may not show: since when. */
    private final Map<IndexPart, Long> behindSince = new HashMap<>();

    private final Set<IndexPart> building = new HashSet<>();
    private final Set<IndexPart> failing = new HashSet<>();

    /** The parts whose first catch-up after the start has not ended; null before the first look at the log. */
    private @Nullable Set<IndexPart> expected;

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

    /** Starts with the parts of all existing collections, at the first look. */
    public synchronized void began(Set<IndexPart> parts) {
        if (expected == null) {
            expected = new HashSet<>(parts);
        }
    }

    /** A part may not show all changes. */
    public synchronized void behind(IndexPart part) {
        behindSince.putIfAbsent(part, System.nanoTime());
    }

    /** An index has reached the end of the log, as of the last batch that was read. */
    public synchronized void caughtUp(IndexPart part) {
        behindSince.remove(part);
        failing.remove(part);
        started(part);
    }

    /** An index could not follow the log. It will be tried again. */
    public synchronized void failed(IndexPart part) {
        failing.add(part);
        started(part);
    }

    /** Marks a part as being built during the work. That does not affect how well this replica follows. */
    <T> Uni<T> building(IndexPart part, Uni<T> work) {
        return Uni.createFrom().deferred(() -> {
            note(building, part, true);
            return work.onTermination().invoke(() -> note(building, part, false));
        });
    }

    /** Whether a part is being built. An old index may serve searches meanwhile. */
    public synchronized boolean isBuilding(IndexPart part) {
        return building.contains(part);
    }

    private synchronized void note(Set<IndexPart> parts, IndexPart part, boolean isIn) {
        if (isIn) {
            parts.add(part);
        } else {
            parts.remove(part);
        }
    }

    private void started(IndexPart part) {
        if (expected != null) {
            expected.remove(part);
        }
    }

    /** The parts that may not show all changes. */
    public synchronized Set<IndexPart> behind() {
        return Set.copyOf(behindSince.keySet());
    }

    /** How long one engine's part has been behind that has been so for longest; zero if none is. A part that is being built is behind. */
    public synchronized Duration longestBehind(String engine) {
        long now = System.nanoTime();
        return behindSince.entrySet().stream()
                .filter(entry -> entry.getKey().engine().equals(engine))
                .map(entry -> Duration.ofNanos(now - entry.getValue()))
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }

    /** How many of one engine's parts are being built. */
    public synchronized long building(String engine) {
        return count(building, engine);
    }

    /** How many of one engine's parts could not follow the log at the last try. */
    public synchronized long failing(String engine) {
        return count(failing, engine);
    }

    private static long count(Set<IndexPart> parts, String engine) {
        return parts.stream().filter(part -> part.engine().equals(engine)).count();
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
