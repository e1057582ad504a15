package dev.tandem.api.job;

import dev.tandem.api.access.Caller;
import dev.tandem.api.http.Ids;
import dev.tandem.domain.access.Principal;
import dev.tandem.domain.access.Right;
import dev.tandem.domain.job.Job;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.service.job.JobService;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.function.Consumer;

/** The jobs on collections that the caller may read. For the caller there are no others. */
@Singleton
class VisibleJobs {

    private final JobService jobs;
    private final Caller caller;

    VisibleJobs(JobService jobs, Caller caller) {
        this.jobs = jobs;
        this.caller = caller;
    }

    /**
     * The job with this id, if the caller has a right on its collection. Fails with {@link Refusal.NotFound} if the caller may not even read
     * there, and with {@link Refusal.Denied} if it may.
     */
    Uni<Job> get(String id, Right right) {
        Principal principal = caller.principal();
        Consumer<String> required = caller.demanding(right);
        return jobs.get(Ids.read(id, Job.NOUN)).invoke(job -> {
            if (!principal.sees(job.collection())) {
                throw Refusal.NotFound.of(Job.NOUN, id);
            }
            required.accept(job.collection());
        });
    }
}
