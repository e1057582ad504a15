package dev.tandem.repository;

import dev.tandem.database.entity.JobErrorEntity;
import dev.tandem.domain.job.JobError;
import dev.tandem.domain.refusal.Violation;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The errors of single documents of jobs, numbered from 1 in the order in which they occurred. */
@Singleton
public class JobErrorRepository {

    /** Errors are added only under the job's claim, in the transaction of a step, so no two get the same number. */
    static final String ADD = """
            insert into job_error (job_id, ordinal, line, key, pointer, code, message)
            select :job, known.most + added.ordinal, line, key, pointer, code, message
            from unnest(cast(:lines as bigint[]), cast(:keys as text[]), cast(:pointers as text[]), cast(:codes as text[]),
                        cast(:messages as text[]))
                 with ordinality as added (line, key, pointer, code, message, ordinal),
                 (select coalesce(max(ordinal), 0) as most from job_error where job_id = :job) as known
            where known.most + added.ordinal <= :atMost
            """;

    /**
     * Appends errors to those of the job.
     *
     * @param atMost how many errors a job may have; the rest is dropped
     */
    public Uni<Void> addAll(UUID jobId, List<JobError> errors, long atMost) {
        return Panache.getSession().chain(session -> session.createNativeQuery(ADD)
                .setParameter("job", jobId)
                .setParameter("lines", Columns.numbers(errors, JobError::line))
                .setParameter("keys", Columns.texts(errors, error -> storable(error.key())))
                .setParameter(
                        "pointers",
                        Columns.texts(
                                errors, error -> storable(error.violation().pointer())))
                .setParameter("codes", Columns.texts(errors, error -> error.violation()
                        .code()))
                .setParameter(
                        "messages",
                        Columns.texts(
                                errors, error -> storable(error.violation().message())))
                .setParameter("atMost", atMost)
                .executeUpdate()
                .replaceWithVoid());
    }

    /** PostgreSQL cannot store U+0000, but a text that a client sent may contain it and be quoted in an error. */
    private static @Nullable String storable(@Nullable String text) {
        return text == null ? null : text.replace('\0', '\uFFFD');
    }

    /** The next errors of a job after the first {@code skipped}. */
    public Uni<List<JobError>> slice(UUID jobId, long skipped, int limit) {
        return JobErrorEntity.<JobErrorEntity>find("jobId = ?1 and ordinal > ?2 order by ordinal", jobId, skipped)
                .page(0, limit)
                .list()
                .map(rows -> rows.stream()
                        .map(row -> new JobError(row.line, row.key, new Violation(row.pointer, row.code, row.message)))
                        .toList());
    }
}
