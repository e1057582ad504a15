package dev.tandem.database.mapper;

import dev.tandem.database.entity.JobEntity;
import dev.tandem.database.entity.JobOutline;
import dev.tandem.domain.job.Job;
import dev.tandem.domain.job.JobFailure;
import dev.tandem.domain.job.JobState;
import jakarta.inject.Singleton;
import java.util.Map;

/** Maps rows of {@code job} to jobs, and back. The claim on a job and its lease are only in the row. */
@Singleton
public class JobMapper {

    public Job toDomain(JobEntity row) {
        return new Job(
                row.id,
                row.kind,
                row.collectionId,
                row.collection,
                row.parameters,
                JobState.valueOf(row.state),
                row.done,
                row.total,
                row.failed,
                row.counts == null ? Map.of() : row.counts,
                row.cursor,
                row.sequence,
                row.attempts,
                row.cancelRequested,
                row.errorCode == null ? null : new JobFailure(row.errorCode, row.error),
                row.createdAt,
                row.startedAt,
                row.endedAt);
    }

    /** A job without parameters. */
    public Job toDomain(JobOutline row) {
        return new Job(
                row.id(),
                row.kind(),
                row.collectionId(),
                row.collection(),
                Map.of(),
                JobState.valueOf(row.state()),
                row.done(),
                row.total(),
                row.failed(),
                row.counts() == null ? Map.of() : row.counts(),
                row.cursor(),
                row.sequence(),
                row.attempts(),
                row.cancelRequested(),
                row.errorCode() == null ? null : new JobFailure(row.errorCode(), row.error()),
                row.createdAt(),
                row.startedAt(),
                row.endedAt());
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
