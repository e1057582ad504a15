package dev.tandem.repository;

import dev.tandem.database.entity.JobErrorEntity;
import dev.tandem.domain.job.JobError;
import dev.tandem.domain.refusal.Violation;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The errors of single documents of jobs, numbered in the order in which they occurred. */
@Singleton
public class JobErrorRepository {

    /** Errors are added only under the job's claim, in the transaction of a step, so no two get the same number. */
    static final String ADD = """
            insert into job_error (job_id, ordinal, line, key, pointer, code, message)
            select :job, known.most + added.ordinal, line, key, pointer, code, message
            from unnest(cast(:lines as bigint[]), cast(:keys as text[]), cast(:pointers as text[]), cast(:codes as text[]),
                        cast(:messages as text[]))
                 with ordinality as added (line, key, pointer, code, message, ordinal),
                 (select coalesce(max(ordinal), 0) as most, count(*) as number from job_error where job_id = :job) as known
            where known.number + added.ordinal <= :atMost
            """;

    private static final String REMOVE =
            "delete from job_error where job_id = :job and key = any(cast(:keys as text[]))";

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

    /** Deletes what was wrong with the documents with these keys. */
    public Uni<Void> removeOf(UUID jobId, Collection<String> keys) {
        return Panache.getSession().chain(session -> session.createNativeQuery(REMOVE)
                .setParameter("job", jobId)
                .setParameter("keys", keys.toArray(String[]::new))
                .executeUpdate()
                .replaceWithVoid());
    }

    /**
     * An error in the list of its job.
     *
     * @param ordinal greater than that of the one before it
     */
    public record Listed(long ordinal, JobError error) {}

    /** The next errors of a job after the one with that ordinal; 0 is before the first. */
    public Uni<List<Listed>> slice(UUID jobId, long after, int limit) {
        return JobErrorEntity.<JobErrorEntity>find("jobId = ?1 and ordinal > ?2 order by ordinal", jobId, after)
                .page(0, limit)
                .list()
                .map(rows -> rows.stream()
                        .map(row -> new Listed(
                                row.ordinal,
                                new JobError(row.line, row.key, new Violation(row.pointer, row.code, row.message))))
                        .toList());
    }
}
