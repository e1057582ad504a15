package dev.tandem.index.pgvector;

import dev.tandem.domain.refusal.Refusal;
import dev.tandem.index.shared.StoreGone;
import io.vertx.pgclient.PgException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Translates failures of the engine's database.
 *
 * @see <a href="https://www.postgresql.org/docs/current/errcodes-appendix.html">PostgreSQL error codes</a>
 */
final class Failures {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private static final String UNDEFINED_TABLE = "42P01";

    private Failures() {}

    /** Whether a table does not exist, or has just been dropped. */
    static boolean isMissingTable(Throwable failure) {
        return failure instanceof PgException error
                && (UNDEFINED_TABLE.equals(error.getSqlState())
                        // The table was dropped between the plan and its execution.
                        || "XX000".equals(error.getSqlState())
                                && words(error).startsWith("could not open relation with OID"));
    }

    /**
     * The refusal for a failure; the failure itself if it is a fault of this code or its input, or refuses already.
     *
     * @param isAnswering whether the server has answered others meanwhile
     */
    static Throwable translate(Throwable failure, boolean isAnswering) {
        return switch (failure) {
            case PgException error -> translate(error);
            case Refusal refusal -> refusal;
            case StoreGone gone -> gone;
            case IllegalArgumentException fault -> fault;
            // Whatever else a connection fails with, its server is not usable.
            default -> translateWords(String.valueOf(failure.getMessage()), isAnswering);
        };
    }

    private static Throwable translate(PgException error) {
        String state = String.valueOf(error.getSqlState());
        return switch (state.substring(0, Math.min(2, state.length()))) {
            // A serialization failure, a deadlock, a lock; too many connections, no memory, no disk; work that took too
            // long.
            case "40", "55", "53" -> busy(words(error));
            case "25" -> state.equals("25P03") ? busy(words(error)) : away(words(error));
            case "57" -> state.equals("57014") ? busy(words(error)) : away(words(error));
            // Data, constraints, and SQL that is wrong: to ask again is no use, and the server is well.
            case "22", "23" -> error;
            case "42" -> state.equals("42501") || state.equals(UNDEFINED_TABLE) ? away(words(error)) : error;
            default -> away(words(error));
        };
    }

    /** The pool says only in words what happened. */
    private static Refusal translateWords(String message, boolean isAnswering) {
        if (message.contains("max wait queue size")) {
            return busy("too many requests wait for a connection.");
        }
        if (message.equals("Timeout")) {
            return isAnswering ? busy("all connections are in use.") : away("it does not answer.");
        }
        return away(message);
    }

    private static Refusal away(String reason) {
        return new Refusal.Unavailable(
                "engine.unavailable", "pgvector cannot be used at the moment: " + reason, RETRY_AFTER);
    }

    private static Refusal busy(String reason) {
        return new Refusal.Unavailable("engine.busy", "pgvector is busy at the moment: " + reason, RETRY_AFTER);
    }

    private static String words(PgException error) {
        @Nullable String words = error.getErrorMessage();
        return words == null ? "it gave no reason" : words;
    }
}
