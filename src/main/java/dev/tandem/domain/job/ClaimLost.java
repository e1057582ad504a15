package dev.tandem.domain.job;

import java.io.Serial;
import java.util.UUID;

/**
 * The claim on a job is no longer valid: another replica has claimed the job, or it has ended. The transaction that needed the claim is
 * rolled back.
 */
public final class ClaimLost extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    public ClaimLost(UUID jobId) {
        super("Job " + jobId + " is no longer held by this replica.", null, false, false);
    }
}
