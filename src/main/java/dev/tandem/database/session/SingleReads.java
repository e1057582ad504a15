package dev.tandem.database.session;

import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads by one statement that finds its few rows by a key. It needs no block of work: one statement is one state of the database, and nothing
 * that it reads is changed. So it is sent over any connection of the pool, without a session. PostgreSQL prepares it once for each connection.
 *
 * <p>Such a statement is not cancelled when its caller goes away, because it is too short for that. What waits for a lock ends by the pool's
 * limits.
 */
@Singleton
public class SingleReads {

    private final Pool pool;
    private final SqlFailures failures;

    SingleReads(Pool pool, SqlFailures failures) {
        this.pool = pool;
        this.failures = failures;
    }

    /**
     * Runs the statement. A failure with a matching refusal arrives as {@link dev.tandem.domain.refusal.Refusal}.
     *
     * @param rows makes the result of the rows
     */
    public <T extends @Nullable Object> Uni<T> read(String statement, Tuple parameters, Function<RowSet<Row>, T> rows) {
        return Uni.createFrom().emitter(emitter -> pool.preparedQuery(statement)
                .execute(parameters)
                .map(rows)
                .onComplete(emitter::complete, failure -> emitter.fail(failures.translate(failure))));
    }
}
