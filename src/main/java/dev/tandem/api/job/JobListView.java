package dev.tandem.api.job;

import dev.tandem.domain.job.Job;
import dev.tandem.domain.job.JobQuery;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A page of jobs, the newest first.
 *
 * @param nextCursor null on the last page
 */
@Schema(examples = """
{"items": [{"id": "01a20669-cd09-715e-bbab-3600711aa0e0", "kind": "delete", "collection": "articles", "state": "succeeded",
 "progress": {"done": 5000, "total": 5000, "failed": 0}, "counts": {"deleted": 5000}, "sequence": 1745,
 "createdAt": "2026-11-22T12:00:00Z", "startedAt": "2026-11-22T12:00:01Z", "endedAt": "2026-11-22T12:00:05Z", "error": null}],
 "nextCursor": null}
""")
public record JobListView(List<JobView> items, @Nullable String nextCursor) {

    /** @param jobs one more than {@code limit} where there are more */
    static JobListView of(List<Job> jobs, JobQuery query, int limit) {
        boolean more = jobs.size() > limit;
        List<Job> shown = more ? jobs.subList(0, limit) : jobs;
        return new JobListView(
                shown.stream().map(JobView::of).toList(),
                more ? JobCursor.encode(shown.getLast().id(), query.state(), query.collection()) : null);
    }
}
