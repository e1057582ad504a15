package dev.tandem.sync;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Does something again and again, never twice at a time: soon after it found something to do, less and less often while there is nothing,
 * at once when poked. Failures are logged and do not end it.
 */
final class Loop {

    private static final Logger LOG = Logger.getLogger(Loop.class);
    private static final long NO_TIMER = -1;

    private final String name;
    private final Vertx vertx;
    private final Supplier<Uni<Boolean>> round;
    private final long fastest;
    private final long slowest;
    private final CountDownLatch ended = new CountDownLatch(1);

    private boolean running;
    private boolean poked;
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
    }

    /** Begins a round now, or another one as soon as the present one has ended. */
    void poke() {
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
        begin();
    }

    private void begin() {
        Uni<Boolean> once;
        try {
            once = round.get();
        } catch (RuntimeException e) {
            once = Uni.createFrom().failure(e);
        }
        once.subscribe().with(this::end, failure -> {
            LOG.warnf(failure, "%s failed and goes on.", name);
            end(false);
        });
    }

    private void end(boolean busy) {
        boolean again;
        synchronized (this) {
            again = poked && !stopped;
            poked = false;
            running = again;
            pause = busy ? fastest : Math.min(slowest, pause * 2);
            if (stopped) {
                ended.countDown();
            } else if (!again) {
                timer = vertx.setTimer(pause, ignored -> poke());
            }
        }
        if (again) {
            // By way of the event loop, or a long run of rounds would be one deep call.
            vertx.runOnContext(ignored -> begin());
        }
    }

    /** Begins no further round, and waits for the present one to end. */
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
