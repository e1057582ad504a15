package dev.tandem.sync;

import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Repeats a round, never two at a time: soon after a round that found something to do, less and less often while there is nothing, and at
 * once when poked. A failure does not end the loop. The pause grows with each failure in a row, and a poke does not shorten it.
 */
final class Loop {

    private static final Logger LOG = Logger.getLogger(Loop.class);
    private static final long NO_TIMER = -1;
    /** The longest pause after a failure: the cause may be gone at any time. */
    private static final long LONGEST_BACKOFF = 2_000;

    private final String name;
    private final Vertx vertx;
    private final Supplier<Uni<Boolean>> round;
    private final long fastest;
    private final long slowest;
    private final FailureLog failures;
    private final CountDownLatch ended = new CountDownLatch(1);

    private boolean running;
    private boolean poked;
    private boolean failing;
    private boolean stopped;
    private long timer = NO_TIMER;
    private long pause;

    /** @param round answers whether there was anything to do */
    Loop(String name, Vertx vertx, Supplier<Uni<Boolean>> round, Duration fastest, Duration slowest) {
        this.name = name;
        this.vertx = vertx;
        this.round = round;
        this.fastest = fastest.toMillis();
        this.slowest = slowest.toMillis();
        this.pause = this.fastest;
        this.failures = new FailureLog(LOG, name);
    }

    /**
     * Starts a round now, or another one as soon as the current one has ended. After a failure this does nothing: the next round starts by
     * itself.
     */
    void poke() {
        synchronized (this) {
            if (failing && !running) {
                return;
            }
        }
        next();
    }

    private void next() {
        synchronized (this) {
            if (stopped) {
                return;
            }
            if (running) {
                poked = true;
                return;
            }
            running = true;
            vertx.cancelTimer(timer);
        }
        Context here = Vertx.currentContext();
        if (here != null && VertxContext.isDuplicatedContext(here)) {
            // A request may poke, but a round is no part of it: neither its log nor its trace tells of the round.
            VertxContext.getRootContext(here).runOnContext(ignored -> begin());
        } else {
            begin();
        }
    }

    private void begin() {
        Uni<Boolean> once;
        try {
            once = round.get();
        } catch (RuntimeException e) {
            once = Uni.createFrom().failure(e);
        }
        once.subscribe().with(this::succeed, this::fail);
    }

    private void succeed(boolean busy) {
        failures.worked();
        boolean again;
        synchronized (this) {
            again = poked && !stopped;
            poked = false;
            running = again;
            pause = busy || failing ? fastest : Math.min(slowest, pause * 2);
            failing = false;
            if (!again) {
                rest();
            }
        }
        if (again) {
            // Through the event loop, because a long run of direct calls would overflow the stack.
            vertx.runOnContext(ignored -> begin());
        }
    }

    private void fail(Throwable failure) {
        synchronized (this) {
            running = false;
            poked = false;
            pause = failing ? Math.min(Math.max(slowest, LONGEST_BACKOFF), pause * 2) : fastest;
            failing = true;
            if (stopped) {
                // A failure that the shutdown causes needs no line in the log.
                LOG.debugf(failure, "%s was interrupted.", name);
            } else {
                failures.failed(failure);
            }
            rest();
        }
    }

    /** Call this only while holding the lock. */
    private void rest() {
        if (stopped) {
            ended.countDown();
        } else {
            timer = vertx.setTimer(pause, ignored -> next());
        }
    }

    /** Starts no more rounds, and waits for the current one to end. */
    void stop(Duration atMost) {
        synchronized (this) {
            stopped = true;
            vertx.cancelTimer(timer);
            if (!running) {
                return;
            }
        }
        try {
            if (!ended.await(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warnf("%s did not end in time.", name);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
