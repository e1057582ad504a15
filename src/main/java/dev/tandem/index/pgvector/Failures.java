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

    /** The refusal for a failure; the failure itself if it is a fault of this code or its input, or refuses already. */
    static Throwable translate(Throwable failure) {
        return switch (failure) {
            case PgException error -> translate(error);
            case Refusal refusal -> refusal;
            case StoreGone gone -> gone;
            case IllegalArgumentException fault -> fault;
            // The pool says only in words what happened. Whatever else a connection fails with, its server is not usable.
            default -> isBusy(failure) ? busy("All connections to pgvector are in use.") : away(String.valueOf(failure.getMessage()));
        };
    }

    private static Throwable translate(PgException error) {
        String state = String.valueOf(error.getSqlState());
        return switch (state.substring(0, Math.min(2, state.length()))) {
            // A serialization failure, a deadlock, a lock; too many connections, no memory, no disk; a statement that took too long.
            case "40", "55", "53" -> busy(words(error));
            case "57" -> state.equals("57014") ? busy(words(error)) : away(words(error));
            // Data, constraints, and SQL that is wrong: to ask again is no use, and the server is well.
            case "22", "23" -> error;
            case "42" -> state.equals("42501") || state.equals(UNDEFINED_TABLE) ? away(words(error)) : error;
            default -> away(words(error));
        };
    }

    private static boolean isBusy(Throwable failure) {
        String message = String.valueOf(failure.getMessage());
        return message.equals("Timeout") || message.contains("max wait queue size");
    }

    static Refusal away(String reason) {
        return new Refusal.Unavailable("engine.unavailable", "pgvector cannot be used at the moment: " + reason, RETRY_AFTER);
    }

    private static Refusal busy(String reason) {
        return new Refusal.Unavailable("engine.busy", "pgvector is busy at the moment: " + reason, RETRY_AFTER);
    }

    private static String words(PgException error) {
        @Nullable String words = error.getErrorMessage();
        return words == null ? "it gave no reason" : words;
    }
}
