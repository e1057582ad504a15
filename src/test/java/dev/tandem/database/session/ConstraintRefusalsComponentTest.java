package dev.tandem.database.session;

import static dev.tandem.testing.Waiting.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tandem.domain.refusal.Refusal;
import dev.tandem.testing.Database;
import io.quarkus.arc.All;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.hibernate.exception.ConstraintViolationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** If a client can break a constraint, the answer is a refusal and not an incident. */
@QuarkusTest
class ConstraintRefusalsComponentTest {

    /** Constraints that no client can break, and why. */
    private static final Map<String, String> OUT_OF_REACH = Map.of(
            "fk_job_error_job_id", "errors are added in a transaction that has locked the row of their job",
            "fk_alias_collection_id",
                    "both aliases and deletions are written in transactions that have locked the collection",
            "fk_import_page_job_id", "pages are added in a transaction that has locked the row of their job",
            "fk_metadata_index_collection_id",
                    "indexes are declared in transactions that have locked the collection, or have just made it",
            "fk_metadata_value_document_id",
                    "values are added in transactions that have written or locked the document",
            "fk_copied_document_job_id",
                    "a job is deleted long after it has ended, and only its steps write these rows");

    /** Primary keys are left out: as a rule Tandem chooses their values. */
    private static final String WITHIN_REACH = """
            select conname::text from pg_constraint
            where connamespace = current_schema()::regnamespace and contype in ('u', 'f', 'c')
            union
            select relname::text from pg_index join pg_class on pg_class.oid = indexrelid
            where relnamespace = current_schema()::regnamespace and indisunique and not indisprimary
            """;

    private static final String PRIMARY_KEYS =
            "select conname::text from pg_constraint where connamespace = current_schema()::regnamespace and contype = 'p'";

    @Inject
    SqlFailures failures;

    @Inject
    UnitOfWork unitOfWork;

    @All
    @Inject
    List<ConstraintRefusal> declared;

    @Test
    void everyConstraintWithinReachOfACallerIsDeclared() throws Exception {
        Set<String> open = names(WITHIN_REACH);
        assertThat(open).hasSizeGreaterThan(5);
        open.removeAll(declared());
        open.removeAll(OUT_OF_REACH.keySet());
        assertThat(open)
                .as("constraints without a ConstraintRefusal beside their repository")
                .isEmpty();
    }

    @Test
    void everyDeclaredConstraintIsInTheSchema() throws Exception {
        Set<String> schema = names(WITHIN_REACH);
        schema.addAll(names(PRIMARY_KEYS));
        assertThat(schema).containsAll(declared()).containsAll(OUT_OF_REACH.keySet());
        assertThat(declared()).doesNotContainAnyElementsOf(OUT_OF_REACH.keySet());
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
        assertThat(failures.translate(new ConstraintViolationException("", new SQLException("", state), constraint)))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo(code));
    }

    /** PostgreSQL reports the broken constraint, and the driver and Hibernate pass it on, for every kind of constraint. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "create temporary table sample (n int constraint sample_rule check (n > 0)) on commit drop | (-1)",
                "create temporary table sample (n int constraint sample_rule unique) on commit drop | (1), (1)",
                "create temporary table sample (n int constraint sample_rule primary key) on commit drop | (1), (1)",
                "create temporary table sample (n int primary key, m int constraint sample_rule references sample) on commit drop | (1, 2)"
            })
    void everyKindOfConstraintIsKnownByItsName(String table, String rows) {
        Refusal refusal = new Refusal.Conflict("sample", "This is a sample.");
        SqlFailures sampled = new SqlFailures(List.of(new ConstraintRefusal("sample_rule", () -> refusal)));
        Uni<Void> work =
                unitOfWork.write(() -> execute(table).chain(() -> execute("insert into sample values " + rows)));
        assertThatExceptionOfType(ConstraintViolationException.class)
                .isThrownBy(() -> get(work))
                .satisfies(failure -> assertThat(sampled.translate(failure)).isSameAs(refusal));
    }

    private static Uni<Void> execute(String sql) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(sql).executeUpdate())
                .replaceWithVoid();
    }

    private Set<String> declared() {
        return new TreeSet<>(
                declared.stream().map(ConstraintRefusal::constraint).toList());
    }

    private static Set<String> names(String sql) throws SQLException {
        return new TreeSet<>(
                Database.column(sql).stream().map(String.class::cast).toList());
    }
}
