package dev.tandem.database.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.tandem.domain.document.Document;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.domain.refusal.SchemaMismatch;
import io.smallrye.mutiny.CompositeException;
import io.vertx.core.impl.NoStackTraceThrowable;
import io.vertx.pgclient.PgException;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import org.hibernate.HibernateException;
import org.hibernate.exception.ConstraintViolationException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqlFailuresTest {

    private static final Refusal REFUSAL = new Refusal.Conflict("declared", "This is declared.");

    private final SqlFailures failures = new SqlFailures(List.of(new ConstraintRefusal("ck_declared", () -> REFUSAL)));

    @ParameterizedTest
    @CsvSource({
        "40001, database.contention",
        "40P01, database.contention",
        "55P03, database.contention",
        "57014, database.timeout",
        "08006, database.unavailable",
        "57P01, database.unavailable",
        "57P03, database.unavailable",
        "53300, database.unavailable",
        "25P03, database.timeout",
        "25006, database.read_only",
    })
    void whatPassesIsUnavailable(String state, String code) {
        assertThat(failures.translate(failure(state))).isInstanceOfSatisfying(Refusal.Unavailable.class, refusal -> {
            assertThat(refusal.code()).isEqualTo(code);
            assertThat(refusal.retryAfter()).isPositive();
        });
    }

    @Test
    void onlyWhatTheSameWorkMaySurviveIsTriedAgain() {
        assertThat(SqlFailures.isPassing(failure("40001"))).isTrue();
        assertThat(SqlFailures.isPassing(failure("40P01"))).isTrue();
        assertThat(SqlFailures.isPassing(failure("55P03"))).isFalse();
        assertThat(SqlFailures.isPassing(failure("08006"))).isFalse();
        assertThat(SqlFailures.isPassing(new IllegalStateException())).isFalse();
    }

    @Test
    void aDatabaseThatOnlyReadsIsKnown() {
        assertThat(SqlFailures.isReadOnly(failure("25006"))).isTrue();
        assertThat(SqlFailures.isReadOnly(failure("57P01"))).isFalse();
    }

    /** SQLSTATEs of a unique constraint, a foreign key and a check. */
    @ParameterizedTest
    @ValueSource(strings = {"23505", "23503", "23514"})
    void aBrokenConstraintIsWhatItsDeclarationSays(String state) {
        assertThat(failures.translate(broken(state, "ck_declared"))).isSameAs(REFUSAL);
        Throwable unknown = broken(state, "ck_undeclared");
        assertThat(failures.translate(unknown)).isSameAs(unknown);
        Throwable nameless = broken(state, null);
        assertThat(failures.translate(nameless)).isSameAs(nameless);
    }

    @Test
    void aConstraintHasOneRefusal() {
        ConstraintRefusal declared = new ConstraintRefusal("ck_declared", () -> REFUSAL);
        assertThatIllegalStateException()
                .isThrownBy(() -> new SqlFailures(List.of(declared, declared)))
                .withMessageContaining("ck_declared");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Timeout",
                "Timeout waiting for connection",
                "Connection pool reached max wait queue size of 256",
                "Connection closed",
                "Connection was closed",
                "Pending requests failed to be sent due to connection has been closed.",
                "Pool closed",
                "Connection is not active now, current status: CLOSED",
                "Failed to read any response from the server, the underlying connection may have been lost unexpectedly."
            })
    void thePoolSpeaksInWords(String message) {
        assertThat(failures.translate(new HibernateException(new NoStackTraceThrowable(message))))
                .isInstanceOf(Refusal.Unavailable.class);
    }

    @Test
    void aLostConnectionIsUnavailable() {
        assertThat(failures.translate(new RuntimeException(new IOException("Connection reset by peer"))))
                .isInstanceOf(Refusal.Unavailable.class);
    }

    @Test
    void theClientsOwnExceptionCountsToo() {
        assertThat(failures.translate(new PgException("", "FATAL", "57P01", "")))
                .isInstanceOf(Refusal.Unavailable.class);
    }

    @Test
    void nobodyElsesTimeoutIsThePools() {
        Throwable timeout = new HibernateException(new RuntimeException("Timeout"));
        assertThat(failures.translate(timeout)).isSameAs(timeout);
    }

    @ParameterizedTest
    @ValueSource(strings = {"42703", "42P01"})
    void aSchemaThatLacksSomethingIsNamedAsThat(String state) {
        Throwable failure = new HibernateException(
                "wrapped", new PgException("column d1_0.language does not exist", "ERROR", state, ""));
        assertThat(failures.translate(failure))
                .isInstanceOf(SchemaMismatch.class)
                .hasMessage("column d1_0.language does not exist")
                .hasCause(failure);
        assertThat(failures.translate(failure(state))).isInstanceOf(SchemaMismatch.class);
    }

    @Test
    void whatNobodyForesawStaysWhatItIs() {
        Throwable mistake = failure("42601");
        assertThat(failures.translate(mistake)).isSameAs(mistake);
        Throwable bug = new IllegalStateException("bug");
        assertThat(failures.translate(bug)).isSameAs(bug);
        Refusal refusal = Refusal.NotFound.of(Document.NOUN, "key");
        assertThat(failures.translate(refusal)).isSameAs(refusal);
    }

    @Test
    void whatFailsAfterARefusalChangesNothingAboutIt() {
        Refusal refusal = Refusal.NotFound.of(Document.NOUN, "key");
        assertThat(failures.translate(new CompositeException(refusal, new IOException("Connection reset by peer"))))
                .isSameAs(refusal);
        assertThat(failures.translate(new CompositeException(failure("40001"), new IOException("reset"))))
                .isInstanceOf(Refusal.Unavailable.class);
    }

    private static Throwable broken(String state, @Nullable String constraint) {
        return new ConstraintViolationException("", new SQLException("", state), constraint);
    }

    private static Throwable failure(String state) {
        return new HibernateException("wrapped", new SQLException("message", state));
    }
}
