package dev.tandem.api.job;

import dev.tandem.domain.job.Job;
import dev.tandem.domain.job.JobFailure;
import dev.tandem.domain.job.JobKind;
import dev.tandem.domain.job.JobState;
import dev.tandem.factory.rules.Choice;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A job in an answer.
 *
 * @param kind import, delete, delete_by_key, update, reembed, rebuild, move, reconcile or copy
 * @param state queued, running, succeeded, failed or canceled
 * @param counts the results, depending on the kind: created, updated, unchanged, deleted
 * @param sequence searches that wait for it show what the job has done so far; null if the job has written nothing
 * @param error why it failed
 */
@Schema(examples = """
{"id": "01a20669-cd09-715e-bbab-3600711aa0e0", "kind": "delete", "collection": "articles", "state": "running",
 "progress": {"done": 1200, "total": 5000, "failed": 0}, "counts": {"deleted": 1200}, "sequence": 1745,
 "createdAt": "2026-11-22T12:00:00Z", "startedAt": "2026-11-22T12:00:01Z", "endedAt": null, "error": null}
""")
public record JobView(
        UUID id,
        @Schema(implementation = JobKind.class) String kind,
        String collection,
        @Schema(implementation = JobState.class) String state,
        ProgressView progress,
        Map<String, Long> counts,
        @Nullable Long sequence,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable JobFailure error) {

    /**
     * The job's progress.
     *
     * @param done how many documents have been processed
     * @param total how many documents there will be; null if that is not known yet
     * @param failed how many documents failed; they are not part of {@code done}
     */
    @Schema(examples = """
{"done": 1200, "total": 5000, "failed": 0}
""")
    public record ProgressView(long done, @Nullable Long total, long failed) {}

    public static JobView of(Job job) {
        return new JobView(
                job.id(),
                job.kind(),
                job.collection(),
                Choice.word(job.state()),
                new ProgressView(job.done(), job.total(), job.failed()),
                job.counts(),
                job.sequence() == 0 ? null : job.sequence(),
                job.createdAt(),
                job.startedAt(),
                job.endedAt(),
                job.failure());
    }
}
