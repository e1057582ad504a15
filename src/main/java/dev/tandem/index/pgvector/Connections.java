package dev.tandem.index.pgvector;

import dev.tandem.database.connection.DecisiveConnections;
import dev.tandem.work.CallerContext;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.SqlConnection;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * The connections to the engine's database. Searches and changes have a pool each, so that neither waits for the other. Every piece of work
 * ends in time, fails as {@link Failures} says, and comes back on the context of the caller.
 */
final class Connections implements AutoCloseable {

    /** PostgreSQL's own limit applies first, with an error that says what happened. */
    private static final Duration GRACE = Duration.ofMillis(500);

    private final PgVectorConfig config;
    private final Line searches;
    private final Line changes;

    Connections(Vertx vertx, PgVectorConfig config, PgVectorAddress address) {
        this.config = config;
        this.searches = open(vertx, address, "search", config.searchConnections(), config.searchTimeout());
        this.changes = open(vertx, address, "write", config.writeConnections(), config.writeTimeout());
    }

    /** Work that changes nothing. */
    <T> Uni<T> search(Function<SqlConnection, Future<T>> work) {
        return searches.ask(pool -> pool.withConnection(work));
    }

    /** Work in one transaction. */
    <T> Uni<T> change(Function<SqlConnection, Future<T>> work) {
        return changes.ask(pool -> pool.withTransaction(work));
    }

    /** A pool, and when its server answered last: so it is known whether who waits in vain does so for the server or for others. */
    private static final class Line {

        private final Pool pool;
        private final AtomicLong answers = new AtomicLong();

        Line(Pool pool) {
            this.pool = pool;
        }

        <T> Uni<T> ask(Function<Pool, Future<T>> work) {
            return CallerContext.keep(Uni.createFrom().deferred(() -> {
                long before = answers.get();
                return Uni.createFrom()
                        .completionStage(() -> work.apply(pool).toCompletionStage())
                        .invoke(answers::incrementAndGet)
                        .onFailure()
                        .transform(failure -> Failures.translate(failure, answers.get() > before));
            }));
        }
    }

    private Line open(Vertx vertx, PgVectorAddress address, String purpose, int size, Duration statement) {
        Duration silence = statement.plus(GRACE);
        PoolOptions options = new PoolOptions()
                .setName("tandem-pgvector-" + purpose)
                .setMaxSize(size)
                .setMaxWaitQueueSize(config.queue())
                .setConnectionTimeout(millis(config.queueTimeout()))
                .setConnectionTimeoutUnit(TimeUnit.MILLISECONDS)
                // Long before its silence ends it, so that nobody gets a connection that is about to be closed.
                .setIdleTimeout(millis(silence.dividedBy(2)))
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS);
        return new Line(DecisiveConnections.pool(
                vertx, options, List.of(limited(address.options(), purpose, statement)), silence));
    }

    private PgConnectOptions limited(PgConnectOptions server, String purpose, Duration statement) {
        server.setConnectTimeout(millis(config.connectTimeout()));
        server.setTcpKeepAlive(true);
        server.setCachePreparedStatements(true);
        return server.addProperty("application_name", "tandem-pgvector-" + purpose)
                .addProperty("search_path", config.schema() + "," + config.extensionSchema())
                .addProperty("statement_timeout", Integer.toString(millis(statement)))
                .addProperty("lock_timeout", Integer.toString(millis(config.lockTimeout())))
                // A holder that is paused in the middle of a transaction holds up its successor no longer than this.
                .addProperty("idle_in_transaction_session_timeout", Integer.toString(millis(statement)))
                // How many rows a filter lets through depends on its values.
                .addProperty("plan_cache_mode", "force_custom_plan")
                .addProperty("jit", "off");
    }

    private static int millis(Duration duration) {
        return Math.toIntExact(duration.toMillis());
    }

    @Override
    public void close() {
        searches.pool.close();
        changes.pool.close();
    }
}
