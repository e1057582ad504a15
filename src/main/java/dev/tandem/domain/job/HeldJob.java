package dev.tandem.domain.job;

import java.util.UUID;

/**
 * A job that a replica has claimed.
 *
 * @param token identifies this claim among all claims on the job
 */
public record HeldJob(Job job, UUID token) {

    /** The same claim on the job's present state; the parameters stay the same. */
    public HeldJob on(Job now) {
        return new HeldJob(now.withParameters(job.parameters()), token);
    }
}
