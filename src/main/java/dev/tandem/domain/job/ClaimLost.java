package dev.tandem.domain.job;

import java.io.Serial;
import java.util.UUID;

/** Somebody else has the job by now, or it has ended. What was about to be done for it is not. */
public final class ClaimLost extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    public ClaimLost(UUID jobId) {
        super("Job " + jobId + " is in other hands.", null, false, false);
    }
}
