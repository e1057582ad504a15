package dev.tandem.service.maintenance;

import dev.tandem.domain.job.Job;
import dev.tandem.domain.job.JobError;
import dev.tandem.domain.job.Step;
import dev.tandem.domain.refusal.Violation;
import dev.tandem.repository.ParkedTaskRepository;
import dev.tandem.service.job.JobExecutor;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;

/** What is left of the vectors that a job has asked for. A document is done when it has been embedded, and failed if it is parked. */
@Singleton
class AskedVectors {

    private final ParkedTaskRepository parkedTasks;

    AskedVectors(ParkedTaskRepository parkedTasks) {
        this.parkedTasks = parkedTasks;
    }

    /**
     * What is left of a job.
     *
     * @param done how many more documents are done than the job has counted
     */
    record Left(boolean isPending, long parked, long done) {}

    /** @param total how many documents the job has asked for */
    Uni<Left> of(Job job, long total) {
        return parkedTasks
                .left(job.id())
                .map(left -> new Left(
                        left.pending() > 0, left.parked(), total - left.pending() - left.parked() - job.done()));
    }

    /** The step that ends the job: the parked documents are its errors. */
    Uni<Step> end(Job job, Left left) {
        return parkedTasks
                .ofJob(job.id(), JobExecutor.MOST_ERRORS)
                .map(parked -> Step.end().done(left.done).failed(left.parked, errors(parked)));
    }

    private static List<JobError> errors(Map<String, String> parked) {
        return parked.entrySet().stream()
                .map(one -> new JobError(one.getKey(), new Violation("", "document.not_embedded", one.getValue())))
                .toList();
    }
}
