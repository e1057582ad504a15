package dev.tandem.database.session;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.MutinyHelper;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.impl.NoStackTraceThrowable;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.impl.Connection;
import io.vertx.sqlclient.impl.SocketConnectionBase;
import io.vertx.sqlclient.impl.SqlConnectionInternal;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A block that only reads, whose caller may go away. PostgreSQL is then asked to cancel the statement that is running, so that it does not
 * hold its connection for as long as a statement may take.
 *
 * <p>Statements are given a short time to end by themselves. After that the connection serves nobody else: a cancel request names a connection,
 * not a statement, and no answer tells when it has arrived. So a connection that was asked for is closed, not given back, and the request cannot
 * hit the statement of another block. Everything happens on the block's own context.
 */
final class Reading {

    /** The key of the context of a block under which its reading is found. */
    private static final String KEY = Reading.class.getName();

    /** Most statements end sooner. It is also the time between requests, because one may hit the pause between two statements of a block. */
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final Context context;

    private @Nullable PgConnection connection;
    private boolean asked;
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

    /** The work of the block, inside its session. */
    <T extends @Nullable Object> Uni<T> watch(Supplier<Uni<T>> work) {
        if (cancelled) {
            return Uni.createFrom().failure(gone());
        }
        running = true;
        return work.get().onItemOrFailure().call((item, failure) -> end());
    }

    /** Cancels what is running. Nobody sees how the block ends. */
    void cancel() {
        context.runOnContext(ignored -> {
            cancelled = true;
            askLater();
        });
    }

    private void askLater() {
        if (running) {
            context.owner().setTimer(PAUSE.toMillis(), ignored -> context.runOnContext(next -> ask()));
        }
    }

    private void ask() {
        PgConnection taken = connection;
        if (running && taken != null) {
            asked = true;
            taken.cancelRequest().onComplete(sent -> context.runOnContext(ignored -> askLater()));
        }
    }

    private Uni<Void> end() {
        running = false;
        PgConnection taken = connection;
        if (!asked || taken == null) {
            return Uni.createFrom().voidItem();
        }
        return Uni.createFrom()
                .completionStage(() -> close(taken).toCompletionStage())
                .emitOn(MutinyHelper.executor(context));
    }

    /**
     * Closes a connection. It is done when the pool has lost it: the pool would give it to the next block until then, and it hears of it some time
     * after the socket is closed.
     */
    private static Future<Void> close(PgConnection taken) {
        Connection pooled = ((SqlConnectionInternal) taken).unwrap();
        SocketConnectionBase opened = (SocketConnectionBase) pooled.unwrap();
        Context owner = opened.context();
        Promise<Void> lost = Promise.promise();
        owner.runOnContext(ignored -> {
            if (opened.isValid()) {
                // The pool hears of it in the same turn as this handler, but after it.
                taken.closeHandler(closed -> owner.runOnContext(next -> lost.complete()));
                opened.close((Connection.Holder) pooled, Promise.promise());
            } else {
                lost.complete();
            }
        });
        return lost.future();
    }

    private static Throwable gone() {
        return new NoStackTraceThrowable("Nobody waits for the result any more.");
    }
}
