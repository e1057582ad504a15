package dev.tandem.work;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Renews a lease three times before it would expire. If a lease could not be renewed, the next renewal may still succeed; otherwise the
 * lease expires.
 */
public final class Heartbeat {

    private static final Logger LOG = Logger.getLogger(Heartbeat.class);
    private static final int RENEWALS = 3;
    private static final long NO_TIMER = -1;

    private final Vertx vertx;
    private final long pause;
    private final String held;
    private final Supplier<Uni<? extends Void>> renewal;

    private final AtomicBoolean isUnderWay = new AtomicBoolean();
    private volatile long timer = NO_TIMER;

    /** @param held the name in the log of what is leased */
    public Heartbeat(Vertx vertx, Duration lease, String held, Supplier<Uni<? extends Void>> renewal) {
        this.vertx = vertx;
        this.pause = Math.max(1, lease.toMillis() / RENEWALS);
        this.held = held;
        this.renewal = renewal;
    }

    public void start() {
        timer = vertx.setPeriodic(pause, ignored -> renew());
    }

    public void stop() {
        vertx.cancelTimer(timer);
    }

    /** One that waits, for a row that is locked perhaps, is not joined by others: each of them would hold a connection. */
    private void renew() {
        if (!isUnderWay.compareAndSet(false, true)) {
            return;
        }
        Uni.createFrom()
                .deferred(renewal)
                .onTermination()
                .invoke(() -> isUnderWay.set(false))
                .subscribe()
                .with(ignored -> {}, failure -> LOG.debugf(failure, "The lease of %s was not renewed.", held));
    }
}
