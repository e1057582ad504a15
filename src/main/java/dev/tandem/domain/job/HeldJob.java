package dev.tandem.domain.job;

import java.util.UUID;

/**
 * A job in somebody's hands.
 *
 * @param holder tells this claim from every other one on the job, before and after
 */
public record HeldJob(Job job, UUID holder) {

    /** The same claim on the job as it is now; what is to be done stays the same. */
    public HeldJob on(Job now) {
        return new HeldJob(now.withParameters(job.parameters()), holder);
    }
}
