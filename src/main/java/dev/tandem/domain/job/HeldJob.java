package dev.tandem.domain.job;

import java.util.UUID;

/**
 * A job that a replica has claimed.
 *
 * @param holder the token: it identifies this claim among all claims on the job
 */
public record HeldJob(Job job, UUID holder) {

    /** The same claim on the job's present state; the parameters stay the same. */
    public HeldJob on(Job now) {
        return new HeldJob(now.withParameters(job.parameters()), holder);
    }
}
