package dev.tandem.domain.job;

/** Where a job stands. */
public enum JobState {
    /** Nobody has begun it. */
    QUEUED,
    /** Somebody has begun it: at work on it, or it waits to be taken up again. */
    RUNNING,
    /** It came to its end, even if it failed for some of the documents. */
    SUCCEEDED,
    /** It gave up. What it had done until then stays. */
    FAILED,
    /** Somebody wanted it to stop. What it had done until then stays. */
    CANCELED;

    /** Whether nothing will change any more. */
    public boolean isEnded() {
        return this == SUCCEEDED || this == FAILED || this == CANCELED;
    }
}
