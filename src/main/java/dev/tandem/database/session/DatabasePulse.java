package dev.tandem.database.session;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Checks every second, over a separate connection, whether PostgreSQL answers and accepts writes. So this is always known, even if all
 * connections that serve requests are busy or dead.
 *
 * <p>If an answer is overdue, the connection is dropped and the next beat opens another. Once that one answers, the connections that serve
 * requests are replaced, because they may be dead without notice. They are also replaced when the database accepts writes again, because a
 * session may stay read-only for as long as it lives.
 */
@Singleton
public class DatabasePulse {

    private static final Logger LOG = Logger.getLogger(DatabasePulse.class);
    private static final String QUESTION = "select current_setting('transaction_read_only') = 'on'";
    private static final Duration INTERVAL = Duration.ofSeconds(1);
    /** After a missed beat, the first new connection is tried soon. */
    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    /** A busy database is not a dead one, but a second beat costs nothing. */
    private static final Duration LIMIT = Duration.ofSeconds(2);
    /** Longer than a few missed beats take: on a busy machine, PostgreSQL and this process may only be slow. */
    private static final Duration SILENCE = Duration.ofSeconds(10);
    /** After a renewal, read-only sessions cause no further renewal for this long. */
    private static final Duration DOUBT_PAUSE = Duration.ofSeconds(30);

    /** The last answer, and when it came. */
    private record Answer(boolean isReadOnly, long at) {}

    private volatile @Nullable Answer last;
    private volatile boolean isInDoubt;
    private volatile boolean stopped;
    private volatile long trustedUntil = System.nanoTime();

    private volatile @Nullable Pool line;
    private volatile boolean isLost;

    /** Starts to beat. */
    void begin(Vertx vertx, Supplier<Pool> open, Runnable renew) {
        beat(vertx, open, renew);
    }

    /** Whether PostgreSQL has answered within the last seconds. */
    public boolean isBeating() {
        Answer answer = last;
        return answer != null && System.nanoTime() - answer.at < SILENCE.toNanos();
    }

    /** Whether the last answer said that PostgreSQL does not accept writes. */
    public boolean isReadOnly() {
        Answer answer = last;
        return answer != null && answer.isReadOnly;
    }

    /** Notes that a session of a request was read-only. The next beat checks with a new session whether the database is. */
    void doubt() {
        if (System.nanoTime() - trustedUntil >= 0) {
            isInDoubt = true;
        }
    }

    private void beat(Vertx vertx, Supplier<Pool> open, Runnable renew) {
        if (stopped) {
            return;
        }
        if (isInDoubt) {
            hangUp();
        }
        ask(open).onComplete(result -> {
            boolean wasLost = isLost;
            if (result.succeeded()) {
                hear(result.result().iterator().next().getBoolean(0), renew);
            } else {
                lose(result.cause());
            }
            if (stopped) {
                return;
            }
            Duration pause = isLost && !wasLost ? FIRST_PAUSE : INTERVAL;
            vertx.setTimer(pause.toMillis(), ignored -> beat(vertx, open, renew));
        });
    }

    private Future<RowSet<Row>> ask(Supplier<Pool> open) {
        Pool present = line;
        if (present == null) {
            present = open.get();
            line = present;
        }
        return present.query(QUESTION).execute().timeout(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void hear(boolean isReadOnly, Runnable renew) {
        boolean wasReadOnly = isReadOnly();
        boolean wasInDoubt = isInDoubt;
        last = new Answer(isReadOnly, System.nanoTime());
        if (isLost) {
            LOG.info("PostgreSQL answers again. Older connections are replaced.");
        }
        if (isReadOnly != wasReadOnly) {
            LOG.warn(isReadOnly ? "PostgreSQL does not accept writes." : "PostgreSQL accepts writes again.");
        }
        boolean writesAgain = !isReadOnly && (wasReadOnly || wasInDoubt);
        if (isLost || writesAgain) {
            renew.run();
            trustedUntil = System.nanoTime() + DOUBT_PAUSE.toNanos();
        }
        isLost = false;
        // While it is read-only, each beat uses a new session, because an old one may not notice a change.
        isInDoubt = isReadOnly;
    }

    private void lose(Throwable failure) {
        if (!isLost && !stopped) {
            LOG.warnf("PostgreSQL does not answer: %s", failure);
        }
        isLost = true;
        hangUp();
    }

    private void hangUp() {
        Pool former = line;
        line = null;
        if (former != null) {
            former.close();
        }
    }

    @PreDestroy
    void stop() {
        stopped = true;
        hangUp();
    }
}
