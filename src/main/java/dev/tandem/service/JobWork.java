package dev.tandem.service;

import dev.tandem.domain.job.Job;
import dev.tandem.domain.job.Step;
import io.smallrye.mutiny.Uni;

/**
 * A kind of job: what its steps do. A bean of this type is found by its {@link #kind()}; there is nothing else to register.
 */
public interface JobWork {

    /** The name of the kind, in rows and answers. */
    String kind();

    /**
     * Does the next bounded piece, and says how far that is. It runs in a transaction that also notes what it says, or is rolled back and
     * done again: so it must have no effects besides those on rows, and wait for nothing but the database.
     *
     * <p>A {@link dev.tandem.domain.error.Refusal} ends the job, except for {@link dev.tandem.domain.error.Refusal.Unavailable}, after
     * which it is tried again later. Any other failure is tried again a few times.
     */
    Uni<Step> step(Job job);
}
