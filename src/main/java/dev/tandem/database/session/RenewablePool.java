package dev.tandem.database.session;

import io.micrometer.core.instrument.Metrics;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgPool;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PrepareOptions;
import io.vertx.sqlclient.PreparedQuery;
import io.vertx.sqlclient.Query;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A pool whose connections can all be replaced while it serves. New requests then get connections of a new pool. The old pool stays until
 * its last connection is closed, so that no statement is cut off that may still succeed: an idle connection is closed for its idleness, a
 * dead one for its silence.
 *
 * <p>Quarkus requires a {@link PgPool}, which Vert.x has deprecated in favour of {@link Pool}.
 */
@SuppressWarnings("deprecation")
final class RenewablePool implements PgPool {

    /** Limits the connections while a network fails again and again: old connections number at most this many times the pool's size. */
    private static final int MOST_FORMER = 2;

    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final Vertx vertx;
    private final Supplier<Pool> open;
    private final Deque<Pool> former = new ArrayDeque<>();
    private volatile Pool present;

    /** @param open opens a pool with the same limits each time */
    RenewablePool(Vertx vertx, Supplier<Pool> open) {
        this.vertx = vertx;
        this.open = open;
        this.present = open.get();
    }

    /** Serves further requests with new connections. */
    synchronized void renew() {
        forgetMeters();
        former.addLast(present);
        present = open.get();
        if (former.size() > MOST_FORMER) {
            former.removeFirst().close();
        }
        vertx.setTimer(INTERVAL.toMillis(), ignored -> closeFormer());
    }

    private synchronized void closeFormer() {
        former.removeIf(pool -> {
            boolean isEmpty = pool.size() == 0;
            if (isEmpty) {
                pool.close();
            }
            return isEmpty;
        });
        if (!former.isEmpty()) {
            vertx.setTimer(INTERVAL.toMillis(), ignored -> closeFormer());
        }
    }

    /** Meters of a pool are found by its name. If the old ones stayed, those of the new pool would not be registered. */
    private static void forgetMeters() {
        Metrics.globalRegistry.getMeters().stream()
                .filter(meter -> meter.getId().getName().startsWith("sql"))
                .filter(meter -> meter.getId().getTags().stream()
                        .anyMatch(tag -> tag.getValue().equals(BoundedPool.NAME)))
                .forEach(Metrics.globalRegistry::remove);
    }

    @Override
    public Future<SqlConnection> getConnection() {
        Reading reading = Reading.current();
        Future<SqlConnection> connection = present.getConnection();
        return reading == null ? connection : connection.compose(reading::take);
    }

    @Override
    public void getConnection(Handler<AsyncResult<SqlConnection>> handler) {
        getConnection().onComplete(handler);
    }

    @Override
    public Query<RowSet<Row>> query(String sql) {
        return present.query(sql);
    }

    @Override
    public PreparedQuery<RowSet<Row>> preparedQuery(String sql) {
        return present.preparedQuery(sql);
    }

    @Override
    public PreparedQuery<RowSet<Row>> preparedQuery(String sql, PrepareOptions options) {
        return present.preparedQuery(sql, options);
    }

    /** The number of connections that serve, and of those that are about to be closed. */
    @Override
    public synchronized int size() {
        return present.size() + former.stream().mapToInt(Pool::size).sum();
    }

    @Override
    public synchronized Future<Void> close() {
        List<Future<Void>> closing = new ArrayList<>();
        closing.add(present.close());
        former.forEach(pool -> closing.add(pool.close()));
        former.clear();
        return Future.join(closing).mapEmpty();
    }

    @Override
    public void close(Handler<AsyncResult<Void>> handler) {
        close().onComplete(handler);
    }

    @Override
    public PgPool connectHandler(Handler<SqlConnection> handler) {
        throw new UnsupportedOperationException("Connections are set up where the pool is opened.");
    }

    @Override
    public PgPool connectionProvider(Function<Context, Future<SqlConnection>> provider) {
        throw new UnsupportedOperationException("Connections are set up where the pool is opened.");
    }
}
