package dev.tandem.database.session;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.smallrye.mutiny.vertx.MutinyHelper;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.hibernate.FlushMode;
import org.jspecify.annotations.Nullable;

/**
 * A visible block of work with the database: {@code unitOfWork.write(() -> ...)}. Nothing else opens a session or a transaction.
 *
 * <p>Inside a block the steps run one after the other; two at once on one session are an error. A block runs to its end even if its caller
 * cancels, because an unfinished session would keep its connection. If the block only reads, that end comes soon: its statement is cancelled.
 *
 * <p>A failure with a matching refusal arrives as {@link dev.tandem.domain.refusal.Refusal}.
 */
@ApplicationScoped
public class UnitOfWork {

    private static final int RETRIES = 5;
    private static final Duration FIRST_BACKOFF = Duration.ofMillis(5);
    private static final Duration LONGEST_BACKOFF = Duration.ofMillis(200);

    /** The key under which a subscription's context carries the caller's step for the end of a write block. */
    private static final String CONCLUSION = "conclusion of " + UnitOfWork.class.getName();

    private static final String ONE_STATE = "set transaction isolation level repeatable read, read only";

    private final Vertx vertx;
    private final DatabasePulse pulse;
    private final SqlFailures failures;
    private final Pool pool;
    private final Share all;
    private final Heavy heavy;

    UnitOfWork(Vertx vertx, DatabasePulse pulse, SqlFailures failures, Pool pool, PoolConfig config) {
        this.vertx = vertx;
        this.pulse = pulse;
        this.failures = failures;
        this.pool = pool;
        // The pool has a queue of its own.
        this.all = new Share(vertx, Integer.MAX_VALUE, 0, config.poolTimeout());
        this.heavy = new Heavy(new Share(
                vertx,
                Math.max(1, config.poolSize() - config.poolReserve()),
                config.poolQueue(),
                config.poolTimeout()));
    }

    /**
     * The same for work that may take long, such as lists, searches, exports and jobs. It leaves some connections to short work, and waits for
     * its turn.
     */
    public Heavy heavy() {
        return heavy;
    }

    /** Blocks that may take long. Each fails with {@link dev.tandem.domain.refusal.Refusal.Unavailable} if it waits too long for its turn. */
    public final class Heavy {

        private final Share share;

        private Heavy(Share share) {
            this.share = share;
        }

        /** As {@link UnitOfWork#read}. */
        public <T extends @Nullable Object> Uni<T> read(Supplier<Uni<T>> work) {
            return UnitOfWork.this.read(share, work);
        }

        /** As {@link UnitOfWork#readOneState}. */
        public <T extends @Nullable Object> Uni<T> readOneState(Supplier<Uni<T>> work) {
            return UnitOfWork.this.readOneState(share, work);
        }

        /**
         * One statement that only reads, without a session. PostgreSQL prepares it once for each connection.
         *
         * @param rows makes the result of the rows
         */
        public <T extends @Nullable Object> Uni<T> statement(
                String sql, Tuple parameters, Function<RowSet<Row>, T> rows) {
            return UnitOfWork.this.statement(share, sql, parameters, rows);
        }

        /** As {@link UnitOfWork#write}. */
        public <T extends @Nullable Object> Uni<T> write(Supplier<Uni<T>> work) {
            return UnitOfWork.this.write(share, work);
        }
    }

    /** Reads only, each statement by itself. Loaded entities are never written back. */
    public <T extends @Nullable Object> Uni<T> read(Supplier<Uni<T>> work) {
        return read(all, work);
    }

    private <T extends @Nullable Object> Uni<T> read(Share share, Supplier<Uni<T>> work) {
        return reading(
                        share,
                        watch -> Panache.withSession(() -> Panache.getSession()
                                .invoke(session ->
                                        session.setDefaultReadOnly(true).setFlushMode(FlushMode.MANUAL))
                                .chain(() -> watch.watch(work))))
                .onFailure()
                .transform(failures::translate);
    }

    private <T extends @Nullable Object> Uni<T> statement(
            Share share, String sql, Tuple parameters, Function<RowSet<Row>, T> rows) {
        return reading(share, watch -> asked(pool::getConnection)
                        .chain(connection -> watch.watch(() -> asked(() -> connection
                                        .preparedQuery(sql)
                                        .execute(parameters)
                                        .map(rows)))
                                .onTermination()
                                .call(() -> asked(connection::close))))
                .onFailure()
                .transform(failures::translate);
    }

    private static <T extends @Nullable Object> Uni<T> asked(Supplier<Future<T>> question) {
        return Uni.createFrom().emitter(emitter -> question.get().onComplete(emitter::complete, emitter::fail));
    }

    /** Reads only, all statements of one state of the database: for what only fits together if it is of the same moment. */
    public <T extends @Nullable Object> Uni<T> readOneState(Supplier<Uni<T>> work) {
        return readOneState(all, work);
    }

    private <T extends @Nullable Object> Uni<T> readOneState(Share share, Supplier<Uni<T>> work) {
        return reading(
                        share,
                        watch -> Panache.withTransaction(() -> Panache.getSession()
                                .invoke(session ->
                                        session.setDefaultReadOnly(true).setFlushMode(FlushMode.MANUAL))
                                .chain(session ->
                                        session.createNativeQuery(ONE_STATE).executeUpdate())
                                .chain(() -> watch.watch(work))))
                .onFailure()
                .transform(failures::translate);
    }

    /**
     * One transaction: everything or nothing. If PostgreSQL asks for a retry (a serialization failure or a deadlock), the block runs again
     * in a new transaction, so its only effects must be on rows.
     */
    public <T extends @Nullable Object> Uni<T> write(Supplier<Uni<T>> work) {
        return write(all, work);
    }

    private <T extends @Nullable Object> Uni<T> write(Share share, Supplier<Uni<T>> work) {
        return Uni.createFrom().context(subscription -> {
            Function<@Nullable Object, Uni<Void>> conclusion = subscription.getOrElse(
                    CONCLUSION, () -> result -> Uni.createFrom().voidItem());
            return detached(
                            share,
                            () -> Panache.withTransaction(() -> work.get().call(conclusion::apply)))
                    .onFailure(SqlFailures::isPassing)
                    .retry()
                    .withJitter(0.5)
                    .withBackOff(FIRST_BACKOFF, LONGEST_BACKOFF)
                    .atMost(RETRIES)
                    .onFailure(SqlFailures::isReadOnly)
                    .invoke(pulse::doubt)
                    .onFailure()
                    .transform(failures::translate);
        });
    }

    /**
     * Adds a final step to the write block of existing work, in the same transaction: both or neither are committed. The step gets the
     * result of the block, which must be the result of the work. Work without a write block is unchanged.
     */
    public <T extends @Nullable Object> Uni<T> concluding(Uni<T> work, Function<T, Uni<Void>> conclusion) {
        return Uni.createFrom().emitter(emitter -> work.subscribe()
                .with(io.smallrye.mutiny.Context.of(CONCLUSION, conclusion), emitter::complete, emitter::fail));
    }

    /** Runs a block that writes. Cancelling the result does not cancel the block once it has begun. */
    private <T extends @Nullable Object> Uni<T> detached(Share share, Supplier<Uni<T>> block) {
        return inOwnContext((own, emitter) -> {
            Share.Ticket ticket =
                    share.ask(() -> own.runOnContext(ignored -> run(share, block, emitter)), emitter::fail);
            emitter.onTermination(ticket::leave);
        });
    }

    /** Runs a block that only reads. Cancelling the result cancels its statement. */
    private <T extends @Nullable Object> Uni<T> reading(Share share, Function<Reading, Uni<T>> block) {
        return inOwnContext((own, emitter) -> {
            Reading reading = new Reading(own);
            Share.Ticket ticket = share.ask(
                    () -> own.runOnContext(ignored -> run(share, () -> block.apply(reading), emitter)), emitter::fail);
            emitter.onTermination(() -> {
                ticket.leave();
                reading.cancel();
            });
        });
    }

    private static <T extends @Nullable Object> void run(
            Share share, Supplier<Uni<T>> block, UniEmitter<? super T> emitter) {
        Uni.createFrom()
                .deferred(block::get)
                .onItemOrFailure()
                .invoke((item, failure) -> share.giveBack())
                .subscribe()
                .with(emitter::complete, emitter::fail);
    }

    /**
     * Runs a block in its {@linkplain BlockContext own Vert.x context}, on the caller's event loop, and emits on the caller's context. The
     * session lives in that context, so blocks that run at the same time never share a session, wherever they were started.
     */
    private <T extends @Nullable Object> Uni<T> inOwnContext(BiConsumer<Context, UniEmitter<? super T>> block) {
        return Uni.createFrom().deferred(() -> {
            Context caller = Vertx.currentContext();
            Context own = BlockContext.of(caller, vertx);
            Uni<T> result = Uni.createFrom().emitter(emitter -> block.accept(own, emitter));
            return caller == null ? result : result.emitOn(MutinyHelper.executor(caller));
        });
    }
}
