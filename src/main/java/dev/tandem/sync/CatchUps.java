package dev.tandem.sync;

import dev.tandem.domain.refusal.Refusal;
import dev.tandem.service.index.IndexPart;
import dev.tandem.service.index.IndexProgress;
import dev.tandem.work.Backoff;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * Runs the catch-ups of several parts of indexes at once. Each part runs by itself, so a long build does not delay the others, and a part that
 * fails is tried again after growing pauses.
 */
final class CatchUps {

    private static final Logger LOG = Logger.getLogger(CatchUps.class);
    private static final int MOST_AT_ONCE = 8;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    /** The database may be back at any moment. */
    private static final Backoff FOR_THE_DATABASE = new Backoff(FIRST_PAUSE, Duration.ofMillis(1_600));
    /** An index that cannot be written can wait longer, but it catches up soon after its disk works again. */
    private static final Backoff FOR_THE_INDEX = new Backoff(FIRST_PAUSE, Duration.ofMillis(3_200));

    private final Vertx vertx;
    private final Function<IndexPart, Uni<Void>> catchUp;
    private final IndexProgress progress;
    private final Runnable onEnd;

    /** Parts that may not show all changes yet. */
    private final Set<IndexPart> behind = new HashSet<>();

    private final Set<IndexPart> running = new HashSet<>();
    /** Parts whose last catch-up failed; they count as behind again when their pause is over. */
    private final Map<IndexPart, Failures> failing = new HashMap<>();
    /** Logs what stops all indexes from following, such as a database that is unavailable. */
    private final FailureLog outages = new FailureLog(LOG, "Following the change log with an index");

    private final CountDownLatch ended = new CountDownLatch(1);

    private boolean stopped;

    /** @param onEnd called when a catch-up has ended, so that another one may start */
    CatchUps(Vertx vertx, Function<IndexPart, Uni<Void>> catchUp, IndexProgress progress, Runnable onEnd) {
        this.vertx = vertx;
        this.catchUp = catchUp;
        this.progress = progress;
        this.onEnd = onEnd;
    }

    /** Notes parts that are behind, or may be. */
    synchronized void add(Set<IndexPart> parts) {
        behind.addAll(parts);
        parts.forEach(progress::behind);
    }

    /** Starts as many catch-ups as there is room for; answers whether it started any. */
    boolean begin() {
        Set<IndexPart> chosen = choose();
        chosen.forEach(this::begin);
        return !chosen.isEmpty();
    }

    private synchronized Set<IndexPart> choose() {
        Set<IndexPart> chosen = new HashSet<>();
        for (IndexPart part : behind) {
            if (!stopped && running.size() < MOST_AT_ONCE && !running.contains(part) && !isPausing(part)) {
                running.add(part);
                chosen.add(part);
            }
        }
        behind.removeAll(chosen);
        return chosen;
    }

    private void begin(IndexPart part) {
        catchUp.apply(part).subscribe().with(ignored -> end(part), failure -> fail(part, failure));
    }

    private void end(IndexPart part) {
        Failures before;
        synchronized (this) {
            remove(part);
            before = failing.remove(part);
            progress.caughtUp(part);
            if (behind.contains(part)) {
                progress.behind(part);
            }
        }
        outages.worked();
        if (before != null) {
            before.log.worked();
        }
        onEnd.run();
    }

    private void fail(IndexPart part, Throwable failure) {
        Duration pause;
        synchronized (this) {
            remove(part);
            if (stopped) {
                return;
            }
            if (!isDatabaseUnavailable(failure)) {
                progress.failed(part);
            }
            pause = failing.computeIfAbsent(part, Failures::new).next(failure);
        }
        vertx.setTimer(pause.toMillis(), ignored -> {
            goOn(part);
            onEnd.run();
        });
        onEnd.run();
    }

    private synchronized void goOn(IndexPart part) {
        Failures failures = failing.get(part);
        if (failures != null) {
            failures.isPausing = false;
        }
        add(Set.of(part));
    }

    /** A part that failed is tried only once per pause, no matter how often it is noted as behind meanwhile. */
    private boolean isPausing(IndexPart part) {
        Failures failures = failing.get(part);
        return failures != null && failures.isPausing;
    }

    /** Such a failure says nothing about the index itself. */
    private static boolean isDatabaseUnavailable(Throwable failure) {
        return failure instanceof Refusal.Unavailable refusal && refusal.code().startsWith("database");
    }

    /** The failures in a row of one part. */
    private final class Failures {

        private final FailureLog log;
        private int count;
        private boolean isPausing;

        Failures(IndexPart part) {
            log = new FailureLog(LOG, "Following the change log with the " + part);
        }

        /** Logs a failure; answers how long to pause. */
        Duration next(Throwable failure) {
            count++;
            isPausing = true;
            if (isDatabaseUnavailable(failure)) {
                outages.failed(failure);
            } else if (count > 1) {
                log.failed(failure);
            } else {
                // While a collection is being deleted it may fail once. The next catch-up does not find it any more.
                LOG.debugf(failure, "An index could not follow.");
            }
            return (isDatabaseUnavailable(failure) ? FOR_THE_DATABASE : FOR_THE_INDEX).after(count);
        }
    }

    /** Starts no more catch-ups, and waits for the running ones to end. */
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
                LOG.warn(
                        "Not all indexes have caught up in time. They continue from their last commits after the next start.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Call this only while holding the lock. */
    private void remove(IndexPart part) {
        running.remove(part);
        if (stopped && running.isEmpty()) {
            ended.countDown();
        }
    }
}
