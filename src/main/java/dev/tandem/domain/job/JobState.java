package dev.tandem.domain.job;

/** The state of a job. */
public enum JobState {
    /** No replica has started it. */
    QUEUED,
    /** A replica has started it. It is in progress or waits to be resumed. */
    RUNNING,
    /** It reached its end, even if some of the documents failed. */
    SUCCEEDED,
    /** It failed. What it had done until then stays. */
    FAILED,
    /** A client stopped it. What it had done until then stays. */
    CANCELED;

    /** Whether the job can no longer change. */
    public boolean isEnded() {
        return this == SUCCEEDED || this == FAILED || this == CANCELED;
    }
}
