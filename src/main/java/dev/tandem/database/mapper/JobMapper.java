package dev.tandem.database.mapper;

import dev.tandem.database.entity.JobEntity;
import dev.tandem.database.entity.JobOutline;
import dev.tandem.domain.job.Job;
import dev.tandem.domain.job.Job.Order;
import dev.tandem.domain.job.Job.Progress;
import dev.tandem.domain.job.Job.Times;
import dev.tandem.domain.job.JobFailure;
import dev.tandem.domain.job.JobState;
import jakarta.inject.Singleton;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Maps rows of {@code job} to jobs, and back. The claim on a job and its lease are only in the row. */
@Singleton
public class JobMapper {

    public Job toDomain(JobEntity row) {
        return new Job(
                new Order(row.id, row.kind, row.collectionId, row.collection, row.parameters),
                JobState.valueOf(row.state),
                new Progress(row.done, row.total, row.failed, counts(row.counts), row.cursor, row.sequence),
                row.attempts,
                row.cancelRequested,
                failure(row.errorCode, row.error),
                new Times(row.createdAt, row.startedAt, row.endedAt));
    }

    /** A job without parameters. */
    public Job toDomain(JobOutline row) {
        return new Job(
                new Order(row.id(), row.kind(), row.collectionId(), row.collection(), Map.of()),
                JobState.valueOf(row.state()),
                new Progress(row.done(), row.total(), row.failed(), counts(row.counts()), row.cursor(), row.sequence()),
                row.attempts(),
                row.cancelRequested(),
                failure(row.errorCode(), row.error()),
                new Times(row.createdAt(), row.startedAt(), row.endedAt()));
    }

    private static Map<String, Long> counts(@Nullable Map<String, Long> column) {
        return column == null ? Map.of() : column;
    }

    private static @Nullable JobFailure failure(@Nullable String code, String message) {
        return code == null ? null : new JobFailure(code, message);
    }

    /** A row that is due at once and not claimed. */
    public JobEntity toEntity(Job job) {
        JobEntity row = new JobEntity();
        row.id = job.id();
        row.kind = job.kind();
        row.collectionId = job.collectionId();
        row.collection = job.collection();
        row.parameters = job.parameters();
        row.state = job.state().name();
        row.done = job.done();
        row.total = job.total();
        row.failed = job.failed();
        row.counts = job.counts();
        row.cursor = job.cursor();
        row.sequence = job.sequence();
        row.attempts = job.attempts();
        row.dueAt = job.createdAt();
        row.cancelRequested = job.cancelRequested();
        row.errorCode = job.failure() == null ? null : job.failure().code();
        row.error = job.failure() == null ? null : job.failure().message();
        row.createdAt = job.createdAt();
        row.startedAt = job.startedAt();
        row.endedAt = job.endedAt();
        return row;
    }
}
