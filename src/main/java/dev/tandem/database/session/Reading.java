package dev.tandem.database.session;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.impl.NoStackTraceThrowable;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.SqlConnection;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A block that only reads, whose caller may go away. PostgreSQL is then asked to cancel the statement that is running, so that it does not
 * hold its connection for as long as a statement may take.
 *
 * <p>A cancel request names a connection, not a statement. So it is sent only while the block has the connection, and the connection is given
 * back only when the request cannot hit the statement of another block any more. Everything happens on the block's own context.
 */
final class Reading {

    /** The key of the context of a block under which its reading is found. */
    private static final String KEY = Reading.class.getName();

    /** A request may hit the pause between two statements of a block, so it is repeated. */
    private static final Duration PAUSE = Duration.ofMillis(200);

    /** A request that is still on its way hits this, at most a second long. */
    private static final String SHIELD = "select pg_sleep(1)";

    private final Context context;

    private @Nullable PgConnection connection;
    private @Nullable Future<Void> request;
    private boolean running;
    private boolean cancelled;

    /** @param context of the block */
    Reading(Context context) {
        this.context = context;
        context.putLocal(KEY, this);
    }

    /** The reading that the present context belongs to; null if there is none. */
    static @Nullable Reading current() {
        Context context = Vertx.currentContext();
        return context == null ? null : context.getLocal(KEY);
    }

    /** Takes note of the connection of the block. If nobody waits for the block any more, it goes back to the pool at once. */
    Future<SqlConnection> take(SqlConnection taken) {
        if (cancelled) {
            return taken.close().transform(closed -> Future.failedFuture(gone()));
        }
        connection = taken instanceof PgConnection postgres ? postgres : null;
        return Future.succeededFuture(taken);
    }

    /** The work of the block, inside its session. It ends when its connection can be used by others. */
    <T extends @Nullable Object> Uni<T> watch(Supplier<Uni<T>> work) {
        if (cancelled) {
            return Uni.createFrom().failure(gone());
        }
        running = true;
        return work.get().onItemOrFailure().call((item, failure) -> end(failure));
    }

    /** Cancels what is running. Nobody sees how the block ends. */
    void cancel() {
        context.runOnContext(ignored -> {
            cancelled = true;
            ask();
        });
    }

    private void ask() {
        PgConnection asked = connection;
        if (running && asked != null) {
            request = asked.cancelRequest();
            request.onComplete(
                    sent -> context.owner().setTimer(PAUSE.toMillis(), ignored -> context.runOnContext(next -> ask())));
        }
    }

    private Uni<Void> end(@Nullable Throwable failure) {
        running = false;
        Future<Void> sent = request;
        PgConnection asked = connection;
        if (sent == null || asked == null || (failure != null && SqlFailures.isCancelled(failure))) {
            return Uni.createFrom().voidItem();
        }
        return Uni.createFrom().completionStage(() -> sent.transform(
                        done -> asked.query(SHIELD).execute())
                .<Void>transform(done -> Future.succeededFuture())
                .toCompletionStage());
    }

    private static Throwable gone() {
        return new NoStackTraceThrowable("Nobody waits for the result any more.");
    }
}
