package dev.tandem.database.session;

import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.pgclient.PgBuilder;
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
 */
@Singleton
class BoundedPool implements PgPoolCreator {

    private final PoolConfig config;

    BoundedPool(PoolConfig config) {
        this.config = config;
    }

    @Override
    public Pool create(Input input) {
        PoolOptions options = input.poolOptions()
                .setMaxSize(config.poolSize())
                .setMaxWaitQueueSize(config.poolQueue())
                .setConnectionTimeout((int) config.poolTimeout().toMillis())
                .setConnectionTimeoutUnit(TimeUnit.MILLISECONDS);
        input.pgConnectOptionsList().forEach(server -> server.addProperty("application_name", "tandem")
                .addProperty("statement_timeout", millis(config.statementTimeout()))
                .addProperty("lock_timeout", millis(config.lockTimeout()))
                .addProperty("idle_in_transaction_session_timeout", millis(config.statementTimeout())));
        return PgBuilder.pool()
                .with(options)
                .connectingTo(List.<SqlConnectOptions>copyOf(input.pgConnectOptionsList()))
                .using(input.vertx())
                .build();
    }

    private static String millis(Duration duration) {
        return Long.toString(duration.toMillis());
    }
}
