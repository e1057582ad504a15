package dev.tandem.database.session;

import static dev.tandem.testing.Waiting.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.database.connection.DecisiveConnections;
import dev.tandem.testing.Waiting;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.SqlConnection;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the pool knows when a block goes on whose statement was cancelled. */
@QuarkusTest
class ReadingComponentTest {

    private static final String LONG = "select pg_sleep(600)";
    private static final String LOSE = "select pg_terminate_backend(pg_backend_pid())";

    @Inject
    Vertx vertx;

    private Pool pool;

    @BeforeEach
    void open() {
        Config config = ConfigProvider.getConfig();
        String url = config.getValue("quarkus.datasource.jdbc.url", String.class);
        PgConnectOptions server = PgConnectOptions.fromUri(url.replaceFirst("^jdbc:", ""))
                .setUser(config.getValue("quarkus.datasource.username", String.class))
                .setPassword(config.getValue("quarkus.datasource.password", String.class));
        pool = DecisiveConnections.pool(vertx, new PoolOptions().setMaxSize(1), List.of(server), Duration.ofMinutes(2));
    }

    @AfterEach
    void close() {
        pool.close();
    }

    /** If the pool still had it, the pool could give it to another block, whose first statement would fail. */
    @Test
    void aConnectionThatWasAskedToCancelHasLeftThePoolBeforeItsBlockGoesOn() {
        Context connections = ((VertxInternal) vertx).createEventLoopContext();
        Context elsewhere = ((VertxInternal) vertx).createEventLoopContext();
        for (Context loop : List.of(connections, elsewhere)) {
            // Opened on one event loop, used on the same and on another one.
            SqlConnection opened = get(on(connections, pool::getConnection));
            get(on(connections, opened::close));
            assertThat(pool.size()).isOne();
            Context own = VertxContext.createNewDuplicatedContext(loop);
            assertThat(get(on(own, () -> sizeAfterCancel(own)))).isZero();
        }
    }

    @Test
    void aConnectionThatIsLostMeanwhileIsNotWaitedFor() {
        Context own = VertxContext.createNewDuplicatedContext(((VertxInternal) vertx).createEventLoopContext());
        Reading reading = new Reading(own);
        Future<Void> ended =
                on(own, () -> pool.getConnection().compose(reading::take).compose(connection -> {
                    reading.cancel();
                    return Future.fromCompletionStage(reading.watch(() -> query(connection, LONG)
                                    .onFailure()
                                    .recoverWithUni(() -> query(connection, LOSE))
                                    .onFailure()
                                    .recoverWithNull())
                            .subscribeAsCompletionStage());
                }));
        assertThat(ended.toCompletionStage().toCompletableFuture()).succeedsWithin(PATIENCE);
        assertThat(pool.size()).isZero();
    }

    private Future<Integer> sizeAfterCancel(Context own) {
        Reading reading = new Reading(own);
        return pool.getConnection().compose(reading::take).compose(connection -> {
            reading.cancel();
            return Future.fromCompletionStage(reading.watch(() -> query(connection, LONG))
                    .onFailure()
                    .recoverWithNull()
                    .map(ended -> pool.size())
                    .subscribeAsCompletionStage());
        });
    }

    private static Uni<Void> query(SqlConnection connection, String sql) {
        return Uni.createFrom()
                .completionStage(() -> connection.query(sql).execute().toCompletionStage())
                .replaceWithVoid();
    }

    private static <T> Future<T> on(Context context, Supplier<Future<T>> work) {
        Promise<T> done = Promise.promise();
        context.runOnContext(ignored -> work.get().onComplete(done));
        return done.future();
    }

    private static <T> T get(Future<T> future) {
        return Waiting.get(Uni.createFrom().completionStage(future.toCompletionStage()));
    }
}
