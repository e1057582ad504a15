package dev.tandem.database.session;

import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.SqlConnectOptions;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The pool under every session, with bounds that Quarkus has no settings for: on the queue, on the wait, and, set once per connection
 * instead of once per transaction, on statements and locks.
 *
 * <p>PostgreSQL keeps its limits only while it can be heard. So the client has one of its own: a connection that is silent for longer than
 * a statement may take is closed, and what waits for its answer fails.
 */
@Singleton
class BoundedPool implements PgPoolCreator {

    /** Of the pool in metrics, and of its connections in pg_stat_activity. */
    static final String NAME = "tandem";

    /** PostgreSQL's own limit comes first, with an error that says what happened. */
    private static final Duration GRACE = Duration.ofMillis(500);

    private static final Duration PULSE_LIMIT = Duration.ofSeconds(2);

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
                // Well before its silence ends it: no request is given a connection that is about to be closed.
                .setIdleTimeout(millis(silence.dividedBy(2)))
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS);
        return build(vertx, options, servers, NAME, config.statementTimeout(), silence);
    }

    /** Its one connection is always free for the pulse, however busy the others are. */
    private Pool openForPulse(Vertx vertx, List<PgConnectOptions> servers) {
        PoolOptions options = new PoolOptions()
                .setName("tandem-pulse")
                .setMaxSize(1)
                // The pulse has a limit of its own for everything together.
                .setConnectionTimeout(0);
        return build(vertx, options, servers, "tandem-pulse", PULSE_LIMIT, PULSE_LIMIT.plus(GRACE));
    }

    /** The client would rather not have one told how to connect, but has no other way to give connections up. */
    @SuppressWarnings("deprecation")
    private Pool build(
            Vertx vertx,
            PoolOptions options,
            List<PgConnectOptions> servers,
            String application,
            Duration statement,
            Duration silence) {
        List<SqlConnectOptions> limited = servers.stream()
                .<SqlConnectOptions>map(server -> limited(new PgConnectOptions(server), application, statement))
                .toList();
        DecisiveConnections connections = new DecisiveConnections((VertxInternal) vertx, limited, silence);
        Pool pool = PgBuilder.pool()
                .with(options)
                .connectingTo(limited)
                .using(vertx)
                .build();
        pool.connectionProvider(connections::connect);
        return pool;
    }

    private PgConnectOptions limited(PgConnectOptions server, String application, Duration statement) {
        server.setConnectTimeout(millis(config.connectTimeout()));
        server.setTcpKeepAlive(true);
        return server.addProperty("application_name", application)
                .addProperty("statement_timeout", Integer.toString(millis(statement)))
                .addProperty("lock_timeout", Integer.toString(millis(config.lockTimeout())))
                .addProperty("idle_in_transaction_session_timeout", Integer.toString(millis(statement)));
    }

    private static int millis(Duration duration) {
        return Math.toIntExact(duration.toMillis());
    }
}
