package dev.tandem.database.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.domain.document.Document;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.domain.refusal.SchemaMismatch;
import io.smallrye.mutiny.CompositeException;
import io.vertx.core.impl.NoStackTraceThrowable;
import io.vertx.pgclient.PgException;
import java.io.IOException;
import java.sql.SQLException;
import org.hibernate.HibernateException;
import org.hibernate.exception.ConstraintViolationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqlFailuresTest {

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
        assertThat(SqlFailures.translate(failure(state))).isInstanceOfSatisfying(Refusal.Unavailable.class, refusal -> {
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

    @ParameterizedTest
    @CsvSource({
        "uq_collection_name, collection.name.taken",
        "uq_document_collection_id_key, document.key.taken",
        "fk_document_collection_id, collection.not_found",
        "fk_chunk_document_id, document.not_found",
        "fk_embedding_task_document_id, document.not_found",
    })
    void aBrokenConstraintHasAName(String constraint, String code) {
        String state = constraint.startsWith("uq") ? "23505" : "23503";
        assertThat(SqlFailures.translate(new ConstraintViolationException("", new SQLException("", state), constraint)))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo(code));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Timeout",
                "Connection pool reached max wait queue size of 256",
                "Connection closed",
                "Connection was closed",
                "Pending requests failed to be sent due to connection has been closed.",
                "Pool closed",
                "Connection is not active now, current status: CLOSED",
                "Failed to read any response from the server, the underlying connection may have been lost unexpectedly."
            })
    void thePoolSpeaksInWords(String message) {
        assertThat(SqlFailures.translate(new HibernateException(new NoStackTraceThrowable(message))))
                .isInstanceOf(Refusal.Unavailable.class);
    }

    @Test
    void aLostConnectionIsUnavailable() {
        assertThat(SqlFailures.translate(new RuntimeException(new IOException("Connection reset by peer"))))
                .isInstanceOf(Refusal.Unavailable.class);
    }

    @Test
    void theClientsOwnExceptionCountsToo() {
        assertThat(SqlFailures.translate(new PgException("", "FATAL", "57P01", "")))
                .isInstanceOf(Refusal.Unavailable.class);
    }

    @Test
    void nobodyElsesTimeoutIsThePools() {
        Throwable timeout = new HibernateException(new RuntimeException("Timeout"));
        assertThat(SqlFailures.translate(timeout)).isSameAs(timeout);
    }

    @ParameterizedTest
    @ValueSource(strings = {"42703", "42P01"})
    void aSchemaThatLacksSomethingIsNamedAsThat(String state) {
        Throwable failure = new HibernateException(
                "wrapped", new PgException("column d1_0.language does not exist", "ERROR", state, ""));
        assertThat(SqlFailures.translate(failure))
                .isInstanceOf(SchemaMismatch.class)
                .hasMessage("column d1_0.language does not exist")
                .hasCause(failure);
        assertThat(SqlFailures.translate(failure(state))).isInstanceOf(SchemaMismatch.class);
    }

    @Test
    void whatNobodyForesawStaysWhatItIs() {
        Throwable mistake = failure("42601");
        assertThat(SqlFailures.translate(mistake)).isSameAs(mistake);
        Throwable bug = new IllegalStateException("bug");
        assertThat(SqlFailures.translate(bug)).isSameAs(bug);
        Refusal refusal = Refusal.NotFound.of(Document.NOUN, "key");
        assertThat(SqlFailures.translate(refusal)).isSameAs(refusal);
    }

    @Test
    void whatFailsAfterARefusalChangesNothingAboutIt() {
        Refusal refusal = Refusal.NotFound.of(Document.NOUN, "key");
        assertThat(SqlFailures.translate(new CompositeException(refusal, new IOException("Connection reset by peer"))))
                .isSameAs(refusal);
        assertThat(SqlFailures.translate(new CompositeException(failure("40001"), new IOException("reset"))))
                .isInstanceOf(Refusal.Unavailable.class);
    }

    private static Throwable failure(String state) {
        return new HibernateException("wrapped", new SQLException("message", state));
    }
}
