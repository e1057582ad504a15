package dev.tandem.sync;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * Indexes on their way to the end of the log: each for itself, so that one that is being built holds up no other, and one that fails is
 * tried again, later and later.
 */
final class CatchUps {

    private static final Logger LOG = Logger.getLogger(CatchUps.class);
    private static final int MOST_AT_ONCE = 8;
    private static final long FIRST_PAUSE = 100;
    private static final int MOST_DOUBLINGS = 8;

    private final Vertx vertx;
    private final Function<UUID, Uni<Void>> catchUp;
    private final Runnable onEnd;

    /** Collections with changes that their index may not show yet. */
    private final Set<UUID> behind = new HashSet<>();

    private final Set<UUID> running = new HashSet<>();
    /** How often in a row they failed; they are behind again when their pause is over. */
    private final Map<UUID, Integer> failures = new HashMap<>();

    private final CountDownLatch ended = new CountDownLatch(1);

    private boolean stopped;

    /** @param onEnd told when one has ended, so that there may be room for another */
    CatchUps(Vertx vertx, Function<UUID, Uni<Void>> catchUp, Runnable onEnd) {
        this.vertx = vertx;
        this.catchUp = catchUp;
        this.onEnd = onEnd;
    }

    /** These have something to catch up with, or may have. */
    synchronized void add(Set<UUID> collectionIds) {
        behind.addAll(collectionIds);
    }

    /** Begins what there is room for; answers whether that was anything. */
    boolean begin() {
        Set<UUID> chosen = choose();
        chosen.forEach(this::begin);
        return !chosen.isEmpty();
    }

    private synchronized Set<UUID> choose() {
        Set<UUID> chosen = new HashSet<>();
        for (UUID id : behind) {
            if (!stopped && running.size() < MOST_AT_ONCE && !running.contains(id)) {
                running.add(id);
                chosen.add(id);
            }
        }
        behind.removeAll(chosen);
        return chosen;
    }

    private void begin(UUID id) {
        catchUp.apply(id).subscribe().with(ignored -> end(id), failure -> fail(id, failure));
    }

    private void end(UUID id) {
        synchronized (this) {
            remove(id);
            failures.remove(id);
        }
        onEnd.run();
    }

    private void fail(UUID id, Throwable failure) {
        int times;
        synchronized (this) {
            remove(id);
            times = failures.merge(id, 1, Integer::sum);
            if (stopped) {
                return;
            }
        }
        if (times == 1) {
            // A collection that is being deleted fails once, and is found gone the next time.
            LOG.debugf(failure, "The index of collection %s could not follow.", id);
        } else {
            LOG.warnf(failure, "The index of collection %s cannot follow, for the %dth time.", id, times);
        }
        vertx.setTimer(FIRST_PAUSE << Math.min(MOST_DOUBLINGS, times - 1), ignored -> {
            add(Set.of(id));
            onEnd.run();
        });
        onEnd.run();
    }

    /** Begins no more, and waits for what is on its way to end. */
    void stop(Duration atMost) {
        synchronized (this) {
            stopped = true;
            behind.clear();
            if (running.isEmpty()) {
                return;
            }
        }
        try {
            if (!ended.await(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("Not all indexes have caught up in time. They go on from their last commits the next time.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Only while holding the lock. */
    private void remove(UUID id) {
        running.remove(id);
        if (stopped && running.isEmpty()) {
            ended.countDown();
        }
    }
}
