package dev.tandem.database.session;

import dev.tandem.database.connection.DecisiveConnections;
import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The pool under every session, with limits for which Quarkus has no settings: on the queue, on the wait, and on statements and locks. The
 * latter are set once per connection instead of once per transaction.
 *
 * <p>PostgreSQL's limits work only while the network does. So the client has a limit of its own: it closes a connection that is silent for
 * longer than a statement may take, and the work that waits for its answer fails.
 */
@Singleton
class BoundedPool implements PgPoolCreator {

    /** The name of the pool in metrics, and of its connections in pg_stat_activity. */
    static final String NAME = "tandem";

    /** PostgreSQL's own limit applies first, with an error that says what happened. */
    private static final Duration GRACE = Duration.ofMillis(500);

    private static final Duration PULSE_LIMIT = Duration.ofSeconds(2);

    /**
     * The longest statement, in characters, that a connection keeps prepared. The client's own limit of 2,048 is shorter than the statements
     * that run most often: reading the log and claiming work. PostgreSQL would parse and plan them each time, which takes longer than running them.
     */
    private static final int LONGEST_KEPT = 16_384;

    private final PoolConfig config;
    private final DatabasePulse pulse;

    BoundedPool(PoolConfig config, DatabasePulse pulse) {
        this.config = config;
        this.pulse = pulse;
    }

    @Override
    public Pool create(Input input) {
        Vertx vertx = input.vertx();
        List<PgConnectOptions> servers = input.pgConnectOptionsList();
        RenewablePool pool = new RenewablePool(vertx, () -> open(vertx, input.poolOptions(), servers));
        pulse.begin(vertx, () -> openForPulse(vertx, servers), pool::renew);
        return pool;
    }

    private Pool open(Vertx vertx, PoolOptions defaults, List<PgConnectOptions> servers) {
        Duration silence = config.statementTimeout().plus(GRACE);
        PoolOptions options = new PoolOptions(defaults)
                .setName(NAME)
                .setMaxSize(config.poolSize())
                .setMaxWaitQueueSize(config.poolQueue())
                .setConnectionTimeout(millis(config.poolTimeout()))
                .setConnectionTimeoutUnit(TimeUnit.MILLISECONDS)
                // Long before its silence ends it, so that no request gets a connection that is about to be closed.
                .setIdleTimeout(millis(silence.dividedBy(2)))
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS);
        return build(vertx, options, servers, NAME, config.statementTimeout(), silence);
    }

    /** Opens the pool for the pulse. Its one connection is always free for the pulse, however busy the others are. */
    private Pool openForPulse(Vertx vertx, List<PgConnectOptions> servers) {
        PoolOptions options = new PoolOptions()
                .setName("tandem-pulse")
                .setMaxSize(1)
                // The pulse has a limit of its own for everything together.
                .setConnectionTimeout(0);
        return build(vertx, options, servers, "tandem-pulse", PULSE_LIMIT, PULSE_LIMIT.plus(GRACE));
    }

    private Pool build(
            Vertx vertx,
            PoolOptions options,
            List<PgConnectOptions> servers,
            String application,
            Duration statement,
            Duration silence) {
        List<PgConnectOptions> limited = servers.stream()
                .map(server -> limited(new PgConnectOptions(server), application, statement))
                .toList();
        return DecisiveConnections.pool(vertx, options, limited, silence);
    }

    private PgConnectOptions limited(PgConnectOptions server, String application, Duration statement) {
        server.setConnectTimeout(millis(config.connectTimeout()));
        server.setTcpKeepAlive(true);
        server.setPreparedStatementCacheSqlLimit(LONGEST_KEPT);
        return server.addProperty("application_name", application)
                .addProperty("statement_timeout", Integer.toString(millis(statement)))
                .addProperty("lock_timeout", Integer.toString(millis(config.lockTimeout())))
                .addProperty("idle_in_transaction_session_timeout", Integer.toString(millis(statement)));
    }

    private static int millis(Duration duration) {
        return Math.toIntExact(duration.toMillis());
    }
}
