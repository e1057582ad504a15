package dev.tandem.database.session;

import static java.util.stream.Collectors.toUnmodifiableMap;

import dev.tandem.domain.refusal.Refusal;
import dev.tandem.domain.refusal.SchemaMismatch;
import io.quarkus.arc.All;
import io.vertx.core.VertxException;
import io.vertx.core.impl.NoStackTraceThrowable;
import io.vertx.pgclient.PgException;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.hibernate.exception.ConstraintViolationException;
import org.jspecify.annotations.Nullable;

/**
 * Translates PostgreSQL's failures into refusals.
 *
 * @see <a href="https://www.postgresql.org/docs/current/errcodes-appendix.html">PostgreSQL error codes</a>
 */
@Singleton
class SqlFailures {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
    /** A standby takes longer than a second to be promoted. */
    private static final Duration READ_ONLY_RETRY_AFTER = Duration.ofSeconds(5);

    private static final String READ_ONLY = "25006";
    private static final String REFERENCE = "23503";

    private final Map<String, Supplier<Refusal>> constraints;

    SqlFailures(@All List<ConstraintRefusal> declared) {
        this.constraints =
                declared.stream().collect(toUnmodifiableMap(ConstraintRefusal::constraint, ConstraintRefusal::refusal));
    }

    /** Whether the same work may well succeed in a new transaction: after a serialization failure or a deadlock. */
    static boolean isPassing(Throwable failure) {
        String state = state(failure);
        return state.equals("40001") || state.equals("40P01");
    }

    /** Whether the database, and so the session, does not accept writes: it is a standby, or was set to read-only. */
    static boolean isReadOnly(Throwable failure) {
        return state(failure).equals(READ_ONLY);
    }

    /** Whether a foreign key is broken. */
    static boolean isReference(Throwable failure) {
        return state(failure).equals(REFERENCE);
    }

    /** The refusal for a failure, or the failure itself if there is none. */
    Throwable translate(Throwable failure) {
        // An existing refusal counts, even if the connection was lost before the rollback, which is a second failure.
        Refusal refusal = find(failure, Refusal.class);
        if (refusal != null) {
            return refusal;
        }
        String state = state(failure);
        if (state.isEmpty()) {
            boolean connection = find(failure, IOException.class) != null || isPoolFailure(failure);
            return connection ? unavailable() : failure;
        }
        if (state.startsWith("08") || state.startsWith("57P") || state.startsWith("53")) {
            return unavailable();
        }
        return switch (state) {
            case "40001", "40P01", "55P03" ->
                new Refusal.Unavailable(
                        "database.contention",
                        "Other requests are changing the same rows at the moment. Try again.",
                        RETRY_AFTER);
            // A statement was too slow, or the transaction was idle for too long.
            case "57014", "25P03" ->
                new Refusal.Unavailable(
                        Refusal.Unavailable.TIMEOUT, "The database took too long. Try again.", RETRY_AFTER);
            case READ_ONLY ->
                new Refusal.Unavailable(
                        "database.read_only",
                        "The database is read-only at the moment, so nothing can be changed. Try again later.",
                        READ_ONLY_RETRY_AFTER);
            case "42703", "42P01" -> new SchemaMismatch(words(failure), failure);
            // A unique constraint, a foreign key, a check. Hibernate has no name for others, such as exclusions.
            case "23505", REFERENCE, "23514" -> constraint(failure);
            default -> failure;
        };
    }

    /** PostgreSQL's code for a failure; empty if the failure is not PostgreSQL's. Hibernate wraps it in a JDBC exception. */
    private static String state(Throwable failure) {
        SQLException sql = find(failure, SQLException.class);
        if (sql != null && sql.getSQLState() != null) {
            return sql.getSQLState();
        }
        PgException client = find(failure, PgException.class);
        return client == null ? "" : client.getSqlState();
    }

    /** What PostgreSQL says of a failure. */
    private static String words(Throwable failure) {
        PgException client = find(failure, PgException.class);
        String words = client == null ? null : client.getErrorMessage();
        return words == null ? String.valueOf(root(failure).getMessage()) : words;
    }

    /** The refusal that is declared for the broken constraint; the failure itself if none is declared. */
    private Throwable constraint(Throwable failure) {
        ConstraintViolationException violation = find(failure, ConstraintViolationException.class);
        String name = violation == null ? null : violation.getConstraintName();
        Supplier<Refusal> refusal = name == null ? null : constraints.get(name);
        return refusal == null ? failure : refusal.get();
    }

    private static Refusal unavailable() {
        return new Refusal.Unavailable(
                "database.unavailable", "The database cannot be reached at the moment. Try again.", RETRY_AFTER);
    }

    /** The pool says only in words that it is full, or that a wait for a connection timed out. */
    private static boolean isPoolFailure(Throwable failure) {
        VertxException vertx = find(failure, VertxException.class);
        Throwable last = vertx == null ? root(failure) : vertx;
        String message = String.valueOf(last.getMessage());
        return (message.equals("Timeout") && last instanceof NoStackTraceThrowable)
                || message.equals("Timeout waiting for connection")
                || message.contains("pool reached max wait queue size")
                || message.contains("Connection closed")
                || message.contains("Connection is closed")
                || message.contains("Connection was closed")
                || message.contains("connection has been closed")
                || message.equals("Pool closed")
                || message.contains("Connection is not active")
                || message.contains("connection may have been lost");
    }

    private static Throwable root(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        return cause;
    }

    private static <T extends Throwable> @Nullable T find(Throwable failure, Class<T> type) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return type.cast(cause);
            }
        }
        return null;
    }
}
